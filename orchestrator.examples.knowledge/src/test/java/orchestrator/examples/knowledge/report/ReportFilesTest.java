package orchestrator.examples.knowledge.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.document.Unit;
import orchestrator.examples.knowledge.order.Ordering;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class ReportFilesTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror='a\"&b'>"
                    + (char) 0
                    + (char) 0xD800;
    private static final Map<String, Object> FAILED =
            Map.of("error", Map.of("code", "io", "message", "the disk is full"));

    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void whatDocumentsSayIsTextAndNothingElse() throws Exception {
        Unit unit = unit("x<y>&\"'/ä.json", "a", HOSTILE, HOSTILE, "b");
        Document page = page(List.of(unit), HOSTILE);

        assertEquals(1, page.getElementsByTagName("script").getLength());
        assertEquals(0, page.getElementsByTagName("img").getLength());
        Element card = (Element) page.getElementsByTagName("article").item(0);
        String title = card.getElementsByTagName("h3").item(0).getTextContent();
        assertEquals(
                HOSTILE.substring(0, HOSTILE.length() - 2), title.substring(0, title.length() - 2));
    }

    @Test
    public void thePageNeedsNothingFromElsewhere() throws Exception {
        Document page = page(List.of(unit("a.json", "a", "A", "D")), "S");

        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertFalse(element.hasAttribute("src"));
            String href = element.getAttribute("href");
            assertTrue(href, href.isEmpty() || href.startsWith("#"));
            assertFalse(element.getTagName().equals("link"));
        }
        String style = page.getElementsByTagName("style").item(0).getTextContent();
        assertFalse(style.contains("url(") || style.contains("@import"));
    }

    @Test
    public void everyLinkLeadsToACard() throws Exception {
        List<Unit> units =
                List.of(
                        unit("a b/ü.json", "a", "A", "D"),
                        unit("b.json", "b", "B", "D", "a", "gone"));
        Document page = page(units, "S");

        List<String> ids = new ArrayList<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            ids.add("#" + ((Element) all.item(i)).getAttribute("id"));
        }
        for (int i = 0; i < all.getLength(); i++) {
            String href = ((Element) all.item(i)).getAttribute("href");
            assertTrue(href, href.isEmpty() || ids.contains(href));
        }
    }

    @Test
    public void theDrawingHasEveryUnitAndEdge() throws Exception {
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < 56; i++) {
            String[] before =
                    i < 8 ? new String[0] : new String[] {"u" + (i - 8), "u" + (i * 7 % (i - 1))};
            units.add(unit("u%d.json".formatted(i), "u" + i, "Unit " + i, "D", before));
        }
        Document page = page(units, "S");

        Element svg = (Element) page.getElementsByTagName("svg").item(0);
        assertEquals(56, svg.getElementsByTagName("a").getLength());
        assertTrue(svg.getElementsByTagName("path").getLength() >= 48);
    }

    @Test
    public void itemsThatFailedAreFindings() throws Exception {
        Map<String, Object> broken =
                Map.of("path", "c.json", "valid", false, "findings", List.of(), "score", 0);
        Map<String, Object> input =
                Map.of(
                        "documents",
                                List.of(
                                        Map.of("path", "a.json"),
                                        Map.of("path", "b.json"),
                                        Map.of("path", "c.json"),
                                        Map.of("path", "d.json")),
                        "processed",
                                List.of(
                                        FAILED,
                                        processed(unit("b.json", "b", "B", "D").toMap(), true, "S"),
                                        processed(broken, false)),
                        "learning_order", Map.of());

        List<Row> rows = new RowReader(new Tree(input)).rows();

        assertEquals("a.json", rows.get(0).unit().path());
        assertFalse(rows.get(0).unit().valid());
        assertFalse(rows.get(0).indexed());
        assertEquals(
                List.of("Not processed: the disk is full"),
                rows.get(0).findings().stream().map(Finding::reason).toList());
        assertTrue(rows.get(1).unit().valid());
        assertTrue(rows.get(1).indexed());
        assertEquals(List.of("S"), rows.get(1).summary());
        assertEquals(List.of(), rows.get(1).findings());
        assertFalse(rows.get(2).indexed());
        assertEquals(
                List.of("Not processed: there is no result"),
                rows.get(3).findings().stream().map(Finding::reason).toList());
    }

    /** What the workflow of one document gives. */
    private static Map<String, Object> processed(
            Map<String, Object> validated, boolean indexed, String... summary) {
        return Map.of(
                "validated", validated,
                "indexed", Map.of("indexed", indexed),
                "summarized", Map.of("summary", List.of(summary)));
    }

    @Test
    public void anEmptyFolderHasAReportToo() throws Exception {
        Document page = page(List.of(), "S");

        assertTrue(page.getDocumentElement().getTextContent().contains("no valid document"));
    }

    private Document page(List<Unit> units, String sentence) throws Exception {
        Path folder = temporary.getRoot().toPath().resolve("new/out");
        Map<String, Object> input =
                Map.of(
                        "content_path", HOSTILE,
                        "documents", units.stream().map(u -> Map.of("path", u.path())).toList(),
                        "processed",
                                units.stream()
                                        .map(u -> processed(u.toMap(), true, sentence))
                                        .toList(),
                        "learning_order", Ordering.of(units).toMap());
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Map<String, Object> output = new ReportFiles(clock).write(folder, "run-1", new Tree(input));
        assertEquals(units.size(), output.get("documents"));
        parseJson(Path.of((String) output.get("json")));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of((String) output.get("html")).toFile());
    }

    private static void parseJson(Path file) throws Exception {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }

    private static Unit unit(String path, String id, String title, String about, String... before) {
        return new Unit(
                path,
                id,
                title,
                "foundation",
                "beginner",
                about,
                List.of(),
                List.of(before),
                10,
                0.5,
                List.of());
    }
}
