package orchestrator.examples.knowledge.document;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Real files of every kind of brokenness. */
public class ValidatorTest {
    private static final String GOOD =
            """
            {
              "id": "x1",
              "title": "A title",
              "content_type": "foundation",
              "difficulty": "beginner",
              "description": "Ten words that describe what this unit is all about.",
              "prerequisites": ["a", "b"],
              "tags": ["t", "u", "v"],
              "learning_objectives": ["l", "m", "n"],
              "content": {"text": "%s"},
              "metadata": {}
            }
            """
                    .formatted("word ".repeat(200));

    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;

    @Before
    public void setUp() {
        folder = temporary.getRoot().toPath();
    }

    @Test
    public void aCompleteDocumentHasTheFullScore() throws IOException {
        Unit unit = validate(GOOD);

        assertEquals(List.of(), unit.findings());
        assertEquals(1.0, unit.score(), 0);
        assertEquals("x1", unit.id());
        assertEquals(List.of("a", "b"), unit.prerequisites());
        assertEquals(200, unit.words());
    }

    @Test
    public void theScoreFallsByTheWeightOfWhatIsMissing() throws IOException {
        // 100 of 200 words: half of 25; no metadata: 5; and the 5 for no finding at all.
        Unit unit =
                validate(
                        GOOD.replace("word ".repeat(200), "word ".repeat(100))
                                .replace(",\n  \"metadata\": {}", ""));

        assertTrue(unit.valid());
        assertEquals(0.775, unit.score(), 0);
        assertFinding(unit, false, 1, 1, "", "Expected the field metadata, but found none");
    }

    @Test
    public void aWrongTypeIsFoundAtItsPlace() throws IOException {
        Unit unit = validate(GOOD.replace("\"A title\"", "17"));

        assertFalse(unit.valid());
        assertFinding(
                unit,
                true,
                3,
                12,
                "title",
                "Expected a text that is not blank, but found a number");
        assertEquals("", unit.title());
    }

    @Test
    public void aWrongElementIsFoundAtItsPlace() throws IOException {
        Unit unit = validate(GOOD.replace("[\"a\", \"b\"]", "[\"a\", {}]"));

        assertFinding(
                unit,
                true,
                7,
                26,
                "prerequisites/1",
                "Expected a list of texts that are not blank, but found in it an object");
    }

    @Test
    public void namesAreChecked() throws IOException {
        Unit unit =
                validate(
                        GOOD.replace("\"x1\"", "\"../x\"")
                                .replace("\"beginner\"", "\"simple\"")
                                .replace("\"b\"", "\"a\""));

        assertEquals(
                List.of(
                        "Expected an id of letters, digits and '._-', but found '../x'",
                        "Expected one of beginner, intermediate, advanced, expert, but found 'simple'",
                        "Expected each id once, but found 'a' again"),
                unit.findings().stream().map(Finding::reason).toList());
        assertEquals(
                List.of(true, true, false), unit.findings().stream().map(Finding::error).toList());
    }

    @Test
    public void aDoubledFieldIsFoundAtItsSecondPlace() throws IOException {
        Unit unit = validate(GOOD.replace("\"metadata\"", "\"id\": \"other\",\n  \"metadata\""));

        assertFinding(
                unit, true, 11, 3, "id", "Expected each field once, but found this one again");
    }

    @Test
    public void aDocumentOfAnotherShapeHasOneErrorAndItsFieldsAsWarnings() throws IOException {
        Unit unit = validate("{\"faq\": [], \"notes\": {}}");

        assertFalse(unit.valid());
        assertEquals(0.0, unit.score(), 0);
        assertEquals(1, unit.findings().stream().filter(Finding::error).count());
        assertEquals(4, unit.findings().size());
    }

    @Test
    public void invalidJsonIsFoundAtItsPlace() throws IOException {
        Unit unit = validate("{\n  \"id\": \"x\",\n  \"title\": oops\n}\n");

        assertEquals(0.0, unit.score(), 0);
        Finding finding = unit.findings().get(0);
        assertEquals(3, finding.line());
        assertTrue(finding.column() >= 12);
        assertTrue(finding.reason(), finding.reason().contains("oops"));
        assertFalse(finding.reason(), finding.reason().contains("Source"));
    }

    @Test
    public void aCutFileIsFoundAtItsEnd() throws IOException {
        Unit unit = validate("{\n  \"id\": [1,\n");

        Finding finding = unit.findings().get(0);
        assertEquals(3, finding.line());
        assertFalse(finding.reason(), finding.reason().contains("Source"));
    }

    @Test
    public void moreThanOneValueIsRefused() throws IOException {
        assertFinding(
                validate("{}\n{}"),
                true,
                2,
                1,
                "",
                "Expected the end of the file, but found more JSON");
    }

    @Test
    public void aListIsNoDocument() throws IOException {
        assertFinding(validate("[1]"), true, 1, 1, "", "Expected a JSON object, but found a list");
    }

    @Test
    public void anEmptyFile() throws IOException {
        assertFinding(
                validate(""), true, 1, 1, "", "Expected a JSON object, but found an empty file");
        assertFinding(
                validate(" \n "),
                true,
                1,
                1,
                "",
                "Expected a JSON object, but found only white space");
    }

    @Test
    public void tooDeeplyNested() throws IOException {
        Unit unit = validate("{\"content\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertEquals(
                "Expected JSON, but found: Document nesting depth (101) exceeds the maximum allowed"
                        + " (100)",
                unit.findings().get(0).reason());
        assertEquals(1, unit.findings().get(0).line());
    }

    @Test
    public void anotherEncodingIsFoundAtItsFirstWrongByte() throws IOException {
        Path file = folder.resolve("x.json");
        Files.write(file, "{\n\"title\": \"Tür\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertFinding(
                new Validator(1000).validate(folder, "x.json"),
                true,
                2,
                12,
                "",
                "Expected text in UTF-8, but found the byte 0xFC at offset 13");

        Files.write(file, GOOD.getBytes(Charset.forName("UTF-16")));
        assertFalse(new Validator(10_000).validate(folder, "x.json").valid());
    }

    @Test
    public void aByteOrderMarkIsAccepted() throws IOException {
        assertTrue(validate("\uFEFF" + GOOD).valid());
    }

    @Test
    public void aFileOf50MegabytesIsNotRead() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("x.json").toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        Unit unit = new Validator(5_000_000).validate(folder, "x.json");

        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertFinding(
                unit,
                true,
                0,
                0,
                "",
                "Expected a file of at most 5,000,000 bytes, but found 50,000,000");
        assertTrue("allocated " + allocated, allocated < 1_000_000);
    }

    @Test
    public void aFolder() throws IOException {
        Files.createDirectory(folder.resolve("x.json"));

        assertFinding(
                new Validator(1000).validate(folder, "x.json"),
                true,
                0,
                0,
                "",
                "Expected a file, but found a folder");
    }

    @Test
    public void aLinkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("x.json"), folder.resolve("gone"));

        assertFinding(
                new Validator(1000).validate(folder, "x.json"),
                true,
                0,
                0,
                "",
                "Expected a file, but found a link that leads nowhere");
    }

    @Test
    public void aFileThatHasGone() {
        assertFinding(
                new Validator(1000).validate(folder, "x.json"),
                true,
                0,
                0,
                "",
                "Expected a file, but found nothing under this name");
    }

    @Test(timeout = 60_000)
    public void aPipeIsNotWaitedFor() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("x.json").toString()).start();
        assumeTrue(made.waitFor(30, TimeUnit.SECONDS) && made.exitValue() == 0);

        assertFinding(
                new Validator(1000).validate(folder, "x.json"),
                true,
                0,
                0,
                "",
                "Expected a regular file, but found something else");
    }

    @Test
    public void aFileWithoutPermission() throws IOException {
        Path file = folder.resolve("x.json");
        Files.writeString(file, GOOD);
        // Root reads everything.
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file));

        assertFinding(
                new Validator(10_000).validate(folder, "x.json"),
                true,
                0,
                0,
                "",
                "Expected a readable file, but found no permission to read");
    }

    @Test
    public void findingsAreLimitedButNeverHideAnError() throws IOException {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            fields.append("\"unknown").append(i).append("\": 1,");
        }
        Unit unit = validate("{" + fields + GOOD.strip().substring(1));
        assertTrue(unit.valid());
        assertEquals(50, unit.findings().size());

        assertFalse(
                validate("{" + fields + GOOD.replace("\"x1\"", "1").strip().substring(1)).valid());
    }

    private Unit validate(String text) throws IOException {
        Files.writeString(folder.resolve("x.json"), text);
        return new Validator(5_000_000).validate(folder, "x.json");
    }

    private static void assertFinding(
            Unit unit, boolean error, int line, int column, String field, String reason) {
        assertEquals(
                List.of(new Finding(error, "x.json", line, column, field, reason)),
                unit.findings());
    }
}
