package orchestrator.examples.knowledge.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import orchestrator.examples.knowledge.document.KnowledgeDocument;
import orchestrator.examples.knowledge.document.KnowledgeDocument.Passage;

/**
 * Picks the sentences of a document's content that say most about it: the best by {@link TextRank}, without those that
 * repeat a better one, in the order of the document. The description is taken only if the content has no prose. Immutable.
 */
public final class Summarizer {
    /** The name of the method, as summaries give it. */
    public static final String METHOD = "TextRank (Mihalcea and Tarau 2004)";

    /** The work grows with the square of the sentences; the first ones of a long document stand for it. */
    private static final int MOST_SENTENCES = 500;

    /** Two sentences that share more of their words say the same. */
    private static final double SAME = 0.5;

    private static final Set<String> NOT_PROSE =
            Set.of(
                    "code",
                    "code_snippet",
                    "author",
                    "authors",
                    "license",
                    "url",
                    "doi",
                    "references");

    private final int sentences;

    /**
     * @param sentences the most sentences of a summary
     */
    public Summarizer(int sentences) {
        this.sentences = sentences;
    }

    /** The sentences that stand for the document; empty if it has no prose. */
    public List<String> summarize(KnowledgeDocument document) {
        List<Sentence> all = read(document);
        double[] rank = TextRank.rank(all);
        List<Integer> best =
                IntStream.range(0, all.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -rank[i]))
                        .toList();
        List<Integer> chosen = new ArrayList<>();
        for (int candidate : best) {
            if (chosen.size() < sentences
                    && chosen.stream()
                            .noneMatch(c -> all.get(c).overlap(all.get(candidate)) > SAME)) {
                chosen.add(candidate);
            }
        }
        return chosen.stream().sorted().map(i -> all.get(i).text()).toList();
    }

    private static List<Sentence> read(KnowledgeDocument document) {
        Map<String, Sentence> all = new LinkedHashMap<>();
        for (Passage passage : document.passages()) {
            if (!NOT_PROSE.contains(passage.key())) {
                add(passage.text(), all);
            }
            if (all.size() >= MOST_SENTENCES) {
                break;
            }
        }
        if (all.isEmpty()) {
            add(document.fields().text("description"), all);
        }
        return all.values().stream().limit(MOST_SENTENCES).toList();
    }

    private static void add(String text, Map<String, Sentence> all) {
        Sentence.of(text).forEach(sentence -> all.putIfAbsent(sentence.text(), sentence));
    }
}
