package orchestrator.examples.knowledge.summary;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import orchestrator.examples.knowledge.document.KnowledgeDocument;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SummarizerTest {
    private static final String CENTRE =
            "Cats hunt mice in the garden and sleep in the warm house.";
    private static final String CATS = "Many cats sleep for hours in a warm house.";
    private static final String MICE = "Most mice fear cats and hide in the garden.";
    private static final String STONE = "Granite contains quartz beside feldspar and mica.";

    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void theSentenceThatSharesMostWithTheOthersIsTheBest() throws Exception {
        assertEquals(List.of(CENTRE), summary(1, STONE, CATS, CENTRE, MICE));
    }

    @Test
    public void theSummaryHasTheOrderOfTheDocument() throws Exception {
        assertEquals(List.of(CATS, CENTRE, MICE), summary(3, CATS, STONE, CENTRE, MICE));
    }

    @Test
    public void aSentenceThatRepeatsABetterOneIsLeftOut() throws Exception {
        String nearly = CENTRE.replace("Cats", "Black cats");
        List<String> summary = summary(2, CENTRE, nearly, CATS, MICE, STONE);

        assertEquals(1, summary.stream().filter(List.of(CENTRE, nearly)::contains).count());
    }

    @Test
    public void formulasAndCodeAndFragmentsAreNoSentences() throws Exception {
        assertEquals(
                List.of(CATS),
                summary(
                        5,
                        "F = E_q[ log q(s) - log p(o, s) ] + C(x, y) for all x and y.",
                        "for (int i = 0; i < 10; i++) { sum += a[i]; } // adds the numbers.",
                        "a fragment that begins small and goes on for many words.",
                        "Too short.",
                        CATS));
    }

    @Test
    public void theDescriptionStandsInForAContentWithoutProse() throws Exception {
        Path file = temporary.newFile().toPath();
        Files.writeString(
                file, "{\"description\": \"%s\", \"content\": \"x = 1\"}".formatted(CATS));

        assertEquals(
                List.of(CATS),
                new Summarizer(3).summarize(KnowledgeDocument.read(file, 1_000_000)));
    }

    @Test
    public void nothingToSay() throws Exception {
        assertEquals(List.of(), summary(3, "x"));
    }

    @Test
    public void theRankDoesNotDependOnTheOrder() {
        List<Sentence> sentences = new ArrayList<>();
        for (String text : List.of(CENTRE, CATS, MICE, STONE)) {
            sentences.addAll(Sentence.of(text));
        }
        double[] rank = TextRank.rank(sentences);
        assertTrue(Arrays.toString(rank), rank[0] > rank[1] && rank[1] > rank[3]);
        // Nobody has anything in common with it: 1 - 0.85.
        assertEquals(0.15, rank[3], 1e-9);

        Collections.reverse(sentences);
        double[] reversed = TextRank.rank(sentences);
        for (int i = 0; i < rank.length; i++) {
            assertEquals(rank[i], reversed[rank.length - 1 - i], 1e-9);
        }
    }

    @Test(timeout = 60_000)
    public void aLongDocumentTakesItsTimeFromItsFirstSentences() throws Exception {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("Here ").append(word(random)).append(" meets ").append(word(random));
            text.append(" and both of them go to ").append(word(random)).append(". ");
        }
        assertEquals(3, summary(3, text.toString()).size());
    }

    private static String word(Random random) {
        return random.ints(4, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private List<String> summary(int sentences, String... texts) throws Exception {
        Path file = temporary.newFile().toPath();
        Files.writeString(
                file,
                "{\"content\": {\"a\": [\""
                        + String.join("\", \"", texts)
                        + "\"], \"code\": \"This code is written in words and has to be left out.\"}}");
        return new Summarizer(sentences).summarize(KnowledgeDocument.read(file, 5_000_000));
    }
}
