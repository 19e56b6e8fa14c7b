package orchestrator.examples.knowledge.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.NIOFSDirectory;

/** Answers questions from an index of knowledge units. Opens the index for each question. Thread safe. */
public final class KnowledgeSearch {
    private static final Map<String, Float> WEIGHTS =
            Map.of(
                    KnowledgeIndex.TITLE, 4f,
                    KnowledgeIndex.TAGS, 2f,
                    KnowledgeIndex.DESCRIPTION, 2f,
                    KnowledgeIndex.BODY, 1f);

    /**
     * What was found.
     *
     * @param total how many documents fit
     * @param hits the best of them, best first
     */
    public record Result(long total, List<Hit> hits) {}

    /**
     * One document that fits.
     *
     * @param snippet a part of its text as HTML: escaped, the words asked for in {@code <b>}
     */
    public record Hit(
            String path,
            String contentPath,
            String id,
            String title,
            String difficulty,
            float score,
            String snippet) {}

    /**
     * Looks for documents.
     *
     * @param index the folder of the index
     * @param question words that must all be there, {@code one|another}, {@code "phrases"}, {@code -without}, {@code pre*};
     *     anything else is taken as words
     * @param contentPath only documents of this content folder; null for all
     * @param limit the most hits wanted
     * @throws IndexNotFoundException if there is no index
     */
    public Result search(Path index, String question, Path contentPath, int limit)
            throws IOException {
        try (Analyzer analyzer = new EnglishAnalyzer();
                NIOFSDirectory directory = new NIOFSDirectory(index);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            SimpleQueryParser parser = new SimpleQueryParser(analyzer, WEIGHTS);
            // Otherwise "a -b" would mean: a, or anything without b.
            parser.setDefaultOperator(Occur.MUST);
            Query asked = parser.parse(question);
            TopDocs top = searcher.search(within(asked, contentPath), limit);
            return new Result(top.totalHits.value, hits(searcher, analyzer, asked, top));
        }
    }

    private static Query within(Query asked, Path contentPath) {
        if (contentPath == null) {
            return asked;
        }
        Term folder = new Term(KnowledgeIndex.FOLDER, contentPath.toString());
        return new BooleanQuery.Builder()
                .add(asked, Occur.MUST)
                .add(new TermQuery(folder), Occur.FILTER)
                .build();
    }

    private static List<Hit> hits(
            IndexSearcher searcher, Analyzer analyzer, Query asked, TopDocs top)
            throws IOException {
        UnifiedHighlighter highlighter =
                UnifiedHighlighter.builder(searcher, analyzer)
                        .withFormatter(new DefaultPassageFormatter("<b>", "</b>", " … ", true))
                        .withMaxLength(5_000_000)
                        .build();
        String[] snippets = highlighter.highlight(KnowledgeIndex.BODY, asked, top, 2);
        StoredFields stored = searcher.storedFields();
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < top.scoreDocs.length; i++) {
            ScoreDoc found = top.scoreDocs[i];
            Document fields = stored.document(found.doc);
            hits.add(
                    new Hit(
                            fields.get(KnowledgeIndex.PATH),
                            fields.get(KnowledgeIndex.FOLDER),
                            fields.get(KnowledgeIndex.ID),
                            fields.get(KnowledgeIndex.TITLE),
                            fields.get(KnowledgeIndex.DIFFICULTY),
                            found.score,
                            shown(snippets[i])));
        }
        return hits;
    }

    private static String shown(String snippet) {
        return snippet == null ? "" : snippet.replace(KnowledgeIndex.PASSAGE_END, " ").strip();
    }
}
