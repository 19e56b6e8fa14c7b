package orchestrator.examples.knowledge.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a page of well-formed elements: every text and attribute is escaped, and each element is closed. Not thread
 * safe.
 */
final class Html {
    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String tag, String... attributes) {
        start(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element with a text. */
    Html element(String tag, String text, String... attributes) {
        start(tag, attributes).append('>');
        escape(text);
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** An element without content. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes).append("/>\n");
        return this;
    }

    /** A text. */
    Html text(String text) {
        escape(text);
        return this;
    }

    /** A part of the page that is our own and needs no escaping. */
    Html own(String tag, String text) {
        out.append('<').append(tag).append(">\n").append(text);
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** The whole page. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Expected every element closed, but found " + open);
        }
        return out.toString();
    }

    private StringBuilder start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        return out;
    }

    private void escape(String text) {
        text.codePoints().forEach(this::escape);
    }

    private void escape(int c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(isWritable(c) ? c : 0xFFFD);
        }
    }

    /** Whether a page may hold the character at all, escaped or not. */
    private static boolean isWritable(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= 0x20
                        && !(c >= 0x7F && c <= 0x9F)
                        && !(c >= 0xD800 && c <= 0xDFFF)
                        && c != 0xFFFE
                        && c != 0xFFFF);
    }
}
