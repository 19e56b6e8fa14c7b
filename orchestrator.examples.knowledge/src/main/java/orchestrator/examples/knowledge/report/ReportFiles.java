package orchestrator.examples.knowledge.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.examples.knowledge.document.Tree;

/** Writes a report: {@code report.html} and {@code report.json}. Immutable. */
public final class ReportFiles {
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final Clock clock;

    /**
     * @param clock the time that reports are dated with
     */
    public ReportFiles(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes both files, each whole or not at all.
     *
     * @param folder where to; made if it is not there
     * @param input {@code content_path, documents, processed, learning_order}
     * @return the counts, and the absolute paths as {@code html} and {@code json}
     */
    public Map<String, Object> write(Path folder, String runId, Tree input) throws IOException {
        Report report =
                new Report(
                        input.text("content_path"),
                        runId,
                        WRITTEN.format(clock.instant()),
                        new RowReader(input).rows(),
                        input.object("learning_order"));
        Path page = folder.resolve("report.html");
        Path data = folder.resolve("report.json");
        WholeFile.write(page, ReportPage.of(report));
        WholeFile.write(data, json(report.toMap()));
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("html", page.toString());
        output.put("json", data.toString());
        output.putAll(report.counts().toMap());
        return output;
    }

    private static String json(Object tree) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            write(out, tree);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Number number) {
            out.writeNumber(new BigDecimal(number.toString()));
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString(String.valueOf(value));
        }
    }
}
