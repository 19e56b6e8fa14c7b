package orchestrator.examples.knowledge.document;

/** Counts words: runs of letters and digits. */
public final class Words {
    private Words() {}

    /** How many words a text has. */
    public static int count(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = Character.isLetterOrDigit(text.charAt(i));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }
}
