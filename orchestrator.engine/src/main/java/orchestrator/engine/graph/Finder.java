package orchestrator.engine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.Problem;

/** Turns errors in the expressions of one part of a document into problems at their place. */
final class Finder {
    /** How many names a message shows. */
    static final int MOST_NAMES = 20;

    private final List<Problem> problems;
    private final SourceMap source;
    private final List<Object> path;
    private final Predicate<String> known;
    private final Supplier<List<String>> names;

    /**
     * For the part at a path.
     *
     * @param known tells which names its expressions may use, beside the input
     * @param names these names for people, or the first of them
     */
    Finder(
            List<Problem> problems,
            SourceMap source,
            List<Object> path,
            Predicate<String> known,
            Supplier<List<String>> names) {
        this.problems = problems;
        this.source = source;
        this.path = path;
        this.known = known;
        this.names = names;
    }

    /** For another part, whose expressions may use one name more. */
    Finder with(String name, Object... newPath) {
        return new Finder(
                problems,
                source,
                List.of(newPath),
                known.or(name::equals),
                () -> {
                    List<String> all = new ArrayList<>(List.of(name));
                    all.addAll(names.get());
                    return all;
                });
    }

    /**
     * Compiles the expression under a key.
     *
     * @return null if it is wrong, which is a problem
     */
    Expression find(String key, boolean hasItem, Supplier<Expression> compile) {
        List<Object> place = new ArrayList<>(path);
        place.add(key);
        try {
            Expression expression = compile.get();
            for (String name : new TreeSet<>(expression.names())) {
                if (!name.equals("input")
                        && !(hasItem && name.equals("item"))
                        && !known.test(name)) {
                    throw new ExpressionException(
                            "Expected one of the names %s (the input, steps that come before), but found '%s'"
                                    .formatted(names(hasItem), name));
                }
            }
            return expression;
        } catch (ExpressionException e) {
            problems.add(new Problem(place, e.getMessage() + ".", source.locate(place)));
            return null;
        }
    }

    /** What an expression can name: the input, its item, and the steps before it. */
    private String names(boolean hasItem) {
        List<String> all = new ArrayList<>(List.of("input"));
        if (hasItem) {
            all.add("item");
        }
        all.addAll(names.get());
        if (all.size() > MOST_NAMES) {
            all.subList(MOST_NAMES, all.size()).clear();
            all.add("…");
        }
        return String.join(", ", all);
    }
}
