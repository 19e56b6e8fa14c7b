package orchestrator.examples.knowledge.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import orchestrator.examples.knowledge.document.KnowledgeDocument;
import orchestrator.examples.knowledge.document.KnowledgeDocument.Passage;
import orchestrator.examples.knowledge.document.Tree;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;

/**
 * The full-text index of knowledge units. A document is known by its content folder and path, so that indexing it
 * again replaces it. Thread safe.
 */
public final class KnowledgeIndex {
    static final String KEY = "key";
    static final String FOLDER = "content_path";
    static final String PATH = "path";
    static final String ID = "id";
    static final String DIFFICULTY = "difficulty";
    static final String TITLE = "title";
    static final String DESCRIPTION = "description";
    static final String TAGS = "tags";
    static final String BODY = "body";

    /** The paragraph separator of Unicode: what is found is shown to the end of its passage and no further. */
    static final String PASSAGE_END = "\u2029";

    /** Stored, with offsets, so that a hit is shown without analysing the text again. */
    private static final FieldType HIGHLIGHTED = new FieldType(TextField.TYPE_STORED);

    static {
        HIGHLIGHTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        HIGHLIGHTED.freeze();
    }

    private final IndexWriters writers;

    /** An index over these writers. */
    public KnowledgeIndex(IndexWriters writers) {
        this.writers = writers;
    }

    /** Adds or replaces a document; it is on disk when this returns. */
    public void put(Path index, Path folder, String path, KnowledgeDocument document)
            throws IOException {
        Document added = lucene(folder, path, document);
        writers.write(index, writer -> writer.updateDocument(key(folder, path), added));
    }

    /** Takes a document away, if it is there. */
    public void remove(Path index, Path folder, String path) throws IOException {
        writers.write(index, writer -> writer.deleteDocuments(key(folder, path)));
    }

    private static Document lucene(Path folder, String path, KnowledgeDocument document) {
        Tree fields = document.fields();
        String body =
                document.passages().stream()
                        .map(Passage::text)
                        .collect(Collectors.joining(PASSAGE_END));
        Document lucene = new Document();
        lucene.add(new StringField(KEY, key(folder, path).text(), Store.NO));
        lucene.add(new StringField(FOLDER, folder.toString(), Store.YES));
        lucene.add(new StringField(PATH, path, Store.YES));
        lucene.add(new StringField(ID, fields.text("id"), Store.YES));
        lucene.add(new StringField(DIFFICULTY, fields.text("difficulty"), Store.YES));
        lucene.add(new TextField(TITLE, fields.text("title"), Store.YES));
        lucene.add(new TextField(DESCRIPTION, fields.text("description"), Store.YES));
        lucene.add(new TextField(TAGS, String.join("\n", fields.texts("tags")), Store.NO));
        lucene.add(new Field(BODY, body, HIGHLIGHTED));
        return lucene;
    }

    private static Term key(Path folder, String path) {
        return new Term(KEY, folder + "\n" + path);
    }
}
