package orchestrator.examples.knowledge.document;

import java.util.Map;

/**
 * How complete a document is, from 0 to 1: the sum over the {@linkplain Rule rules} of weight × fulfilment, plus
 * {@link #NO_WARNINGS} if nothing at all was found. The fulfilment of a rule is
 *
 * <ul>
 *   <li>0 if the field is missing or wrong,
 *   <li>for {@code description} and {@code content}: its words divided by the words wanted, at most 1,
 *   <li>for {@code tags} and {@code learning_objectives}: its elements divided by the number wanted, at most 1,
 *   <li>1 for every other field that is right.
 * </ul>
 *
 * A file that cannot be read as a JSON object has the score 0.
 */
final class Score {
    /** The part of the score, in hundredths, for a document without any finding. */
    static final int NO_WARNINGS = 5;

    private static final Map<String, Integer> WORDS_WANTED =
            Map.of("description", 10, "content", 200);
    private static final Map<String, Integer> ELEMENTS_WANTED =
            Map.of("tags", 3, "learning_objectives", 3);

    private double hundredths;

    /** Adds the part of a field that is right. */
    void fulfilled(Rule rule, Tree fields, int contentWords) {
        String field = rule.field();
        double part = 1;
        if (WORDS_WANTED.containsKey(field)) {
            int words = field.equals("content") ? contentWords : Words.count(fields.text(field));
            part = Math.min(1, (double) words / WORDS_WANTED.get(field));
        } else if (ELEMENTS_WANTED.containsKey(field)) {
            part = Math.min(1, (double) fields.list(field).size() / ELEMENTS_WANTED.get(field));
        }
        hundredths += rule.weight() * part;
    }

    /** Adds the part for a document without any finding. */
    void nothingFound() {
        hundredths += NO_WARNINGS;
    }

    /** The score, rounded to three places. */
    double value() {
        return Math.round(hundredths * 10) / 1000.0;
    }
}
