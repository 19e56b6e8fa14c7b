package orchestrator.definitions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.api.definition.InvalidWorkflowException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what the YAML parser found in words that tell an author what to do. */
final class Syntax {
    private static final Pattern TOKEN =
            Pattern.compile("expected (.+?), but (?:found|got) '?(.*?)'?", Pattern.DOTALL);
    private static final Pattern CANNOT_BEGIN =
            Pattern.compile(
                    "found character '(.*?)' that cannot start any token.*", Pattern.DOTALL);

    private final String file;
    private final String text;
    private final Place last;

    /**
     * @param text the whole of the file
     * @param last the last place that was read, for failures that name none
     */
    Syntax(String file, String text, Place last) {
        this.file = file;
        this.text = text;
        this.last = last;
    }

    InvalidWorkflowException explain(RuntimeException failure) {
        if (!(failure instanceof MarkedYamlEngineException marked)) {
            return last.wrong(
                    "Expected YAML or JSON, but found something else after this place: %s."
                            .formatted(Shown.of(String.valueOf(failure.getMessage()))));
        }
        String context = String.valueOf(marked.getContext());
        String problem = String.valueOf(marked.getProblem());
        Place begin = place(marked.getContextMark());
        Place place = place(marked.getProblemMark().or(marked::getContextMark));
        if (context.contains("quoted scalar") && problem.startsWith("found unexpected")) {
            return begin.wrong(
                    "Expected a closing quote for the text that begins here, but found none.");
        } else if (problem.contains("TAB")) {
            return tab(place).wrong("Expected spaces, but found a tab; indent with spaces.");
        } else if (problem.startsWith("could not find expected ':'")) {
            return begin.wrong("Expected ':' after the key that begins here, but found none.");
        } else if (problem.startsWith("mapping values are not allowed")) {
            return place.wrong(
                    "Expected a value without ': ', but found another key; put it on a line of its own, or quote the text.");
        } else if (problem.startsWith("sequence entries are not allowed")) {
            return place.wrong(
                    "Expected no '-', but found one; put each element of a list on a line of its own.");
        }
        return place.wrong(other(problem, context, begin));
    }

    /** The first tab of a line, because the parser may notice it later. */
    private Place tab(Place place) {
        String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
        int tab = line.indexOf('\t');
        return tab < 0 ? place : new Place(file, place.line(), line.codePointCount(0, tab) + 1);
    }

    private String other(String problem, String context, Place begin) {
        Matcher cannotBegin = CANNOT_BEGIN.matcher(problem);
        if (cannotBegin.matches()) {
            return "Expected a value, but found '%s', which cannot begin one; quote the text."
                    .formatted(Shown.of(cannotBegin.group(1)));
        }
        Matcher token = TOKEN.matcher(problem);
        if (!token.matches()) {
            return "Expected YAML or JSON, but %s.".formatted(Shown.of(problem));
        }
        String expected = token.group(1).equals("the node content") ? "a value" : token.group(1);
        String found = named(token.group(2));
        if (expected.contains("block end")) {
            return "Expected the end of what begins in line %d, or a line indented like its others, but found %s; check the indentation."
                    .formatted(begin.line(), found);
        } else if (context.contains("flow") && !expected.equals("a value")) {
            return "Expected %s to go on with or end what begins in line %d, column %d, but found %s."
                    .formatted(expected, begin.line(), begin.column(), found);
        } else if (expected.contains("document start")) {
            return "Expected the end of the file, but found %s after the document."
                    .formatted(found);
        }
        return "Expected %s, but found %s.".formatted(Shown.of(expected), found);
    }

    /** The parser's name of a token, in words. */
    private static String named(String token) {
        return switch (token.replaceAll("[<>']", "")) {
            case "stream end" -> "the end of the file";
            case "block end" -> "a line that is indented less";
            case "block mapping start" -> "a key that is indented otherwise";
            case "block sequence start", "-" -> "the element of a list";
            case "document start" -> "'---'";
            case "document end" -> "'...'";
            case "scalar" -> "a text";
            case "anchor" -> "an anchor";
            case "alias" -> "an alias";
            case "tag" -> "a tag";
            case "directive" -> "a directive ('%')";
            default -> "'" + Shown.of(token) + "'";
        };
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1)).orElse(last);
    }
}
