package orchestrator.shell.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes a tree of null, Boolean, String, Number, List and Map as one JSON document for scripts. */
public final class JsonOutput {
    private final ObjectWriter writer;
    private final ObjectWriter compact;

    /** Indented; in ASCII alone, so that no encoding on the way can spoil it. */
    public JsonOutput() {
        ObjectMapper mapper =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        this.compact = mapper.writer();
        this.writer =
                mapper.writer(
                        new DefaultPrettyPrinter()
                                .withObjectIndenter(indenter)
                                .withArrayIndenter(indenter));
    }

    /** The document as text. */
    public String text(Object tree) {
        return text(writer, tree);
    }

    /** The document as text without white space, for a cell or a line. */
    public String compact(Object tree) {
        return text(compact, tree);
    }

    private static String text(ObjectWriter writer, Object tree) {
        try {
            return writer.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Expected a tree that can be written as JSON, but found one that cannot: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** Writes the document. */
    public void print(Screen screen, Object tree) {
        screen.line(text(tree));
    }
}
