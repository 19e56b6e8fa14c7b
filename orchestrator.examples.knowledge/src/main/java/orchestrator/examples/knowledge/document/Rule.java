package orchestrator.examples.knowledge.document;

import java.util.List;

/**
 * What is asked of one field of a document.
 *
 * @param field the field's name
 * @param shape the type it must have
 * @param required whether a document without it is not valid; otherwise its absence only lowers the score
 * @param weight its part of the score, in hundredths; 0 for a field that is allowed but not asked for
 */
record Rule(String field, Shape shape, boolean required, int weight) {

    /** The fields of a knowledge unit. The weights and {@link Score#NO_WARNINGS} add up to 100. */
    static final List<Rule> ALL =
            List.of(
                    new Rule("id", Shape.TEXT, true, 15),
                    new Rule("title", Shape.TEXT, true, 10),
                    new Rule("content_type", Shape.TEXT, true, 5),
                    new Rule("difficulty", Shape.TEXT, true, 5),
                    new Rule("description", Shape.TEXT, true, 10),
                    new Rule("prerequisites", Shape.TEXTS, true, 5),
                    new Rule("tags", Shape.TEXTS, false, 5),
                    new Rule("learning_objectives", Shape.TEXTS, false, 10),
                    new Rule("content", Shape.TREE, true, 25),
                    new Rule("metadata", Shape.OBJECT, false, 5),
                    new Rule("multimedia", Shape.OBJECT, false, 0),
                    new Rule("interactive_exercises", Shape.LIST, false, 0));

    static boolean isKnown(String field) {
        return ALL.stream().anyMatch(rule -> rule.field.equals(field));
    }
}
