package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import orchestrator.examples.knowledge.document.Tree;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The documents that come with the project go through all steps without a finding. */
public class OwnContentTest {
    @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

    private static final Path CONTENT = Path.of("content");

    @Test
    public void allIsWell() throws Exception {
        String keep = System.getProperty("knowledge.own.output");
        Path output = keep == null ? TEMPORARY.newFolder().toPath() : Path.of(keep);
        Pipeline pipeline = new Pipeline(CONTENT, output);

        Pipeline.Outputs outputs = pipeline.run();

        assertEquals(12, outputs.validated().size());
        for (Tree unit : outputs.validated()) {
            assertEquals(unit.text("path"), List.of(), unit.list("findings"));
            assertEquals(unit.text("path"), 1.0, unit.number("score"), 0);
        }
        for (String problem : List.of("cycles", "missing", "duplicates")) {
            assertEquals(problem, List.of(), outputs.order().list(problem));
        }
        assertEquals("probability_basics", outputs.order().objects("order").get(0).text("id"));
        assertEquals(12, outputs.order().list("order").size());
        for (Tree summary : outputs.summaries()) {
            assertEquals(summary.text("path"), 3, summary.list("summary").size());
        }
        String page = Files.readString(Path.of(outputs.report().text("html")));
        assertTrue(page.contains("3 February 2026, 04:05:06 UTC"));
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(outputs.report().text("html")).toFile());
    }

    @Test
    public void theSameDocumentsGiveTheSameReport() throws Exception {
        Path output = TEMPORARY.newFolder().toPath();
        new Pipeline(CONTENT, output).run();
        String page = Files.readString(output.resolve("report.html"));
        String data = Files.readString(output.resolve("report.json"));

        new Pipeline(CONTENT, output).run();

        assertEquals(page, Files.readString(output.resolve("report.html")));
        assertEquals(data, Files.readString(output.resolve("report.json")));
    }

    @Test
    public void theIndexAnswers() throws Exception {
        Pipeline pipeline = new Pipeline(CONTENT, TEMPORARY.newFolder().toPath());
        pipeline.run();
        pipeline.run();

        Tree found = pipeline.search("\"Markov blanket\"");
        assertEquals(1, found.integer("total"));
        Tree hit = found.objects("hits").get(0);
        assertEquals("free_energy_principle", hit.text("id"));
        assertTrue(hit.text("snippet"), hit.text("snippet").contains("<b>Markov blanket</b>"));

        List<String> both =
                pipeline.search("precision errors").objects("hits").stream()
                        .map(h -> h.text("id"))
                        .collect(Collectors.toList());
        assertEquals("predictive_coding", both.get(0));
        assertEquals(0, pipeline.search("xylophone").integer("total"));
        // Whatever people type is a question and no error.
        assertEquals(0, pipeline.search("((\"~*-").integer("total"));
        assertEquals(
                12,
                pipeline.search("model* -xylophone").integer("total")
                        + pipeline.search("-model*").integer("total"));
    }
}
