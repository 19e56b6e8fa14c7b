package itests.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a simulation found wrong: the first of it. */
final class Findings {
    private String kind;
    private String text;

    boolean any() {
        return kind != null;
    }

    /** What kind of wrong it is, in a word; null if there is none. */
    String kind() {
        return kind;
    }

    String text() {
        return text;
    }

    void report(String newKind, String newText) {
        if (kind == null) {
            kind = newKind;
            text = newText;
        }
    }

    void report(String newKind, Throwable e) {
        if (kind == null) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            report(newKind, trace.toString());
        }
    }

    /** Reports unless something is so. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that is not here
    void expect(boolean so, String newKind, String format, Object... values) {
        if (!so && kind == null) {
            report(newKind, format.formatted(values));
        }
    }
}
