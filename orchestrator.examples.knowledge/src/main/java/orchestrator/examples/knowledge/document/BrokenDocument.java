package orchestrator.examples.knowledge.document;

/** A file cannot be read as a JSON object; says why, and where if that is known. */
public final class BrokenDocument extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    BrokenDocument(String reason) {
        this(0, 0, reason);
    }

    BrokenDocument(int line, int column, String reason) {
        super(reason);
        this.line = line;
        this.column = column;
    }

    /** What it means for the document in this file. */
    public Finding finding(String file) {
        return new Finding(true, file, line, column, "", getMessage());
    }
}
