package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import orchestrator.examples.knowledge.document.Tree;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A folder of 56 documents that others wrote, if it is there. */
public class RealDocumentsTest {
    @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

    private static final Path CONTENT =
            Path.of(System.getProperty("knowledge.content", "../../shared/data/knowledge"));

    @Test
    public void processesAll() throws Exception {
        assumeTrue(Files.isDirectory(CONTENT));
        String keep = System.getProperty("knowledge.output");
        Path output = keep == null ? TEMPORARY.newFolder().toPath() : Path.of(keep);
        Pipeline pipeline = new Pipeline(CONTENT, output);

        Pipeline.Outputs outputs = pipeline.run();

        assertEquals(56, outputs.validated().size());
        List<String> invalid =
                outputs.validated().stream()
                        .filter(v -> !v.flag("valid"))
                        .map(v -> v.text("path"))
                        .toList();
        assertEquals(
                List.of("faq.json", "glossary.json", "learning_paths.json", "success_metrics.json"),
                invalid);
        assertEquals(52, outputs.indexed().stream().filter(i -> i.flag("indexed")).count());
        assertEquals(52, outputs.report().integer("valid"));
        assertEachAfterItsPrerequisites(outputs.order());
        assertEquals("control_systems", outputs.order().objects("duplicates").get(0).text("id"));
        assertTrue(outputs.order().list("cycles").isEmpty());
        assertEquals(38, outputs.order().list("missing").size());
        for (Tree summary : outputs.summaries()) {
            boolean valid = outputs.validated(summary.text("path")).flag("valid");
            assertEquals(summary.text("path"), valid, !summary.list("summary").isEmpty());
        }
        assertEquals(
                "info_theory_kl_divergence",
                pipeline.search("kullback leibler divergence").objects("hits").get(0).text("id"));
        for (Tree hit : pipeline.search("prediction error").objects("hits")) {
            int length = hit.text("snippet").length();
            assertTrue(hit.text("id") + " " + length, length > 0 && length < 1_000);
        }
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(output.resolve("report.html").toFile());
    }

    private static void assertEachAfterItsPrerequisites(Tree order) {
        Set<String> placed = new HashSet<>();
        for (Tree place : order.objects("order")) {
            assertTrue(place.text("id"), placed.containsAll(place.texts("prerequisites")));
            placed.add(place.text("id"));
        }
        assertEquals(51, placed.size());
        assertFalse(placed.contains(""));
    }
}
