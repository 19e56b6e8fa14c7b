package orchestrator.definitions;

/** What was found, as a message shows it: on one line, and cut. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(shown::appendCodePoint);
        return text.length() > shown.length() ? shown + "…" : shown.toString();
    }
}
