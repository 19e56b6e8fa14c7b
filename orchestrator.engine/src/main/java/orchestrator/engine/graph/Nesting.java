package orchestrator.engine.graph;

/**
 * How deep an expression is nested, by its brackets and by operators before operators, counted before it is parsed: a parser
 * that goes down as deep as its text would end by the size of a thread's stack, now here, now there.
 */
final class Nesting {
    /** Deeper ones are written by nobody. */
    static final int MAX_DEPTH = 100;

    private Nesting() {}

    /** The depth of a text that need not be an expression; what stands in quotes counts for nothing. */
    static int of(String text) {
        int open = 0;
        int before = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfQuote(text, i);
                before = 0;
            } else if ("([{".indexOf(c) >= 0) {
                open++;
            } else if (")]}".indexOf(c) >= 0) {
                open = Math.max(0, open - 1);
                before = 0;
            } else if ("!-+~".indexOf(c) >= 0) {
                before++;
            } else if (!Character.isWhitespace(c)) {
                before = 0;
            }
            deepest = Math.max(deepest, open + before);
        }
        return deepest;
    }

    private static int endOfQuote(String text, int begin) {
        int end = begin + 1;
        while (end < text.length() && text.charAt(end) != text.charAt(begin)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }
}
