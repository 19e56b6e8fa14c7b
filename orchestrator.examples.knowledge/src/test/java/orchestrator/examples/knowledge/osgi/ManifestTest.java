package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.Test;

/** Lucene is inside of the bundle and asks nothing of those outside. */
public class ManifestTest {

    @Test
    public void onlyTheApiAndJacksonAreImported() throws Exception {
        Attributes manifest = manifest();
        List<String> imported =
                List.of(
                        manifest.getValue("Import-Package")
                                .replaceAll(";[^,]*\"[^\"]*\"", "")
                                .split(","));

        assertEquals(
                List.of(
                        "com.fasterxml.jackson.core",
                        "com.fasterxml.jackson.core.util",
                        "orchestrator.api"),
                imported);
        assertFalse(manifest.getValue("Import-Package").contains("optional"));
        for (String header : List.of("Export-Package", "DynamicImport-Package", "Require-Bundle")) {
            assertNull(header, manifest.getValue(header));
        }
    }

    @Test
    public void theWorkflowOfADocumentIsCarried() throws Exception {
        assertEquals("OSGI-INF/workflows/*.yaml", manifest().getValue("Orchestrator-Workflows"));
        assertTrue(
                Files.exists(Path.of("target/classes/OSGI-INF/workflows/knowledge_document.yaml")));
    }

    @Test
    public void theCodecsAreFoundByName() {
        Path classes = Path.of("target/classes");
        for (String service :
                List.of("codecs.Codec", "codecs.PostingsFormat", "codecs.DocValuesFormat")) {
            assertTrue(
                    service,
                    Files.exists(
                            classes.resolve("META-INF/services/org.apache.lucene." + service)));
        }
        assertFalse(Files.exists(classes.resolve("META-INF/versions")));
    }

    private static Attributes manifest() throws Exception {
        try (InputStream in =
                Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }
}
