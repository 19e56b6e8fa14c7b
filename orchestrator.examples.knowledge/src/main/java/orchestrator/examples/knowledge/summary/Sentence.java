package orchestrator.examples.knowledge.summary;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One sentence and the words that it is compared by.
 *
 * @param text the sentence as it is shown
 * @param words its words in lower case, without stop words and plural endings, each once
 */
record Sentence(String text, Set<String> words) {
    private static final int FEWEST_WORDS = 6;
    private static final int LONGEST = 400;

    /** The function words of English, which say nothing of what a sentence is about. */
    private static final Set<String> STOP_WORDS =
            Set.of(
                    ("a about above after again against all also although am an and any are as at be because been"
                                    + " before being below between both but by can cannot could did do does doing down during each"
                                    + " few for from further had has have having he her here hers him his how however i if in into"
                                    + " is it its itself just me may might more most must my no nor not now of off often on once"
                                    + " one only or other our out over own same she should so some such than that the their them"
                                    + " then there therefore these they this those through thus to too two under until up upon use"
                                    + " used using very via was we were what when where whether which while who whom whose why will"
                                    + " with within without would you your")
                            .split(" "));

    /** The sentences of a text that read as prose; formulas, code and fragments are left out. */
    static List<Sentence> of(String text) {
        List<Sentence> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String part = text.substring(start, end).strip().replaceAll("\\s+", " ");
            Sentence sentence = new Sentence(part, wordsOf(part));
            if (sentence.isProse()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }

    /** The share of words that two sentences have in common. */
    double overlap(Sentence other) {
        int common = common(other);
        int all = words.size() + other.words.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }

    /** How many words two sentences have in common. */
    int common(Sentence other) {
        int common = 0;
        for (String word : words) {
            common += other.words.contains(word) ? 1 : 0;
        }
        return common;
    }

    private boolean isProse() {
        long letters = text.chars().filter(c -> Character.isLetter(c) || c == ' ').count();
        return text.length() <= LONGEST
                && letters >= 0.88 * text.length()
                && Character.isUpperCase(text.codePointAt(0))
                && text.split(" ").length >= FEWEST_WORDS
                && (text.endsWith(".") || text.endsWith("!"))
                && words.size() > 2;
    }

    private static Set<String> wordsOf(String sentence) {
        Set<String> words = new HashSet<>();
        for (String word : sentence.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+")) {
            if (word.length() > 1 && !STOP_WORDS.contains(word)) {
                words.add(singular(word));
            }
        }
        return words;
    }

    /** Takes away the commonest plural endings, so that "models" and "model" are one word. */
    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        boolean plural = word.length() > 3 && word.endsWith("s");
        boolean other = word.endsWith("ss") || word.endsWith("us") || word.endsWith("is");
        return plural && !other ? word.substring(0, word.length() - 1) : word;
    }
}
