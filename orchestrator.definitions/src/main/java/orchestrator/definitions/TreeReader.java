package orchestrator.definitions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the tree of one document from the parser's events, with a stack of its own: no depth of nesting can exhaust
 * the thread's. What a workflow file may not hold is refused at the first event that shows it.
 */
final class TreeReader {
    static final int MAX_DEPTH = 200;

    private static final Set<String> DURATIONS_OF_RETRY = Set.of("delay", "maxDelay");

    private final String file;
    private final Deque<Frame> open = new ArrayDeque<>();
    private Frame root;
    private Place last;

    TreeReader(String file) {
        this.file = file;
        this.last = new Place(file, 1, 1);
    }

    void read(Iterator<Event> events) {
        boolean started = false;
        while (events.hasNext()) {
            Event event = events.next();
            last = place(event);
            if (event instanceof DocumentStartEvent) {
                if (started) {
                    throw last.wrong("Expected one document, but found another one after '---'.");
                }
                started = true;
            } else if (event instanceof AliasEvent alias) {
                throw last.wrong(
                        "Expected a value, but found the alias '*%s'; write the value out."
                                .formatted(Shown.of(alias.getAlias().getValue())));
            } else if (event instanceof NodeEvent node) {
                node(node);
            } else if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
                open.removeLast();
            }
        }
        if (!started) {
            throw new Place(file, 1, 1).wrong("Expected a workflow, but found an empty file.");
        }
    }

    Map<String, Object> tree() {
        return root.map();
    }

    FileSourceMap sourceMap() {
        return new FileSourceMap(file, root.spot());
    }

    /** The workflow's name as far as the file could be read. */
    Optional<String> name() {
        return root != null && root.map().get("workflow") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    /** The place of the last event. */
    Place last() {
        return last;
    }

    private void node(NodeEvent event) {
        if (event.getAnchor().isPresent()) {
            throw last.wrong(
                    "Expected a value, but found the anchor '&%s'; remove it."
                            .formatted(Shown.of(event.getAnchor().get().getValue())));
        }
        Frame parent = open.peekLast();
        if (parent == null && !(event instanceof MappingStartEvent)) {
            throw last.wrong(
                    "Expected an object with the keys 'workflow' and 'steps', but found %s."
                            .formatted(kind(event)));
        } else if (parent != null && parent.expectsKey()) {
            parent.key(key(event), last);
        } else if (event instanceof ScalarEvent scalar) {
            parent.add(new ScalarReader(last).read(scalar, isWritten()), parent.spotFor(last));
        } else {
            begin(parent, (CollectionStartEvent) event);
        }
    }

    private void begin(Frame parent, CollectionStartEvent event) {
        if (open.size() == MAX_DEPTH) {
            throw last.wrong("Expected at most %d levels, but found more.".formatted(MAX_DEPTH));
        }
        new ScalarReader(last).checkTag(event);
        boolean object = event instanceof MappingStartEvent;
        Spot spot = parent == null ? new Spot(1, 1) : parent.spotFor(last);
        String under = parent == null ? null : parent.key();
        Frame frame = object ? Frame.object(under, spot) : Frame.list(under, spot);
        if (parent == null) {
            root = frame;
        } else {
            parent.add(frame.value(), spot);
        }
        open.addLast(frame);
    }

    private String key(NodeEvent event) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw last.wrong("Expected a text as key, but found %s.".formatted(kind(event)));
        }
        String key = new ScalarReader(last).text(scalar);
        if (scalar.isPlain() && key.isEmpty()) {
            throw last.wrong("Expected a key before ':', but found nothing.");
        } else if (scalar.isPlain() && key.equals("<<")) {
            throw last.wrong(
                    "Expected a key, but found the merge key '<<'; write the entries out.");
        }
        return key;
    }

    /** Whether a number is kept as it is written here: versions and durations are, 1.10 is not 1.1. */
    private boolean isWritten() {
        String key = open.getLast().key();
        if (key == null || open.size() > 4) {
            return false;
        }
        List<String> above = open.stream().map(frame -> String.valueOf(frame.under())).toList();
        return switch (above.size()) {
            case 1 -> key.equals("version") || key.equals("timeout");
            case 3 -> above.get(1).equals("steps") && key.equals("timeout");
            case 4 ->
                    above.get(1).equals("steps")
                            && above.get(3).equals("retry")
                            && DURATIONS_OF_RETRY.contains(key);
            default -> false;
        };
    }

    private static String kind(NodeEvent event) {
        if (event instanceof MappingStartEvent) {
            return "an object";
        } else if (event instanceof ScalarEvent scalar) {
            return scalar.isPlain() && scalar.getValue().isEmpty()
                    ? "nothing"
                    : "'" + Shown.of(scalar.getValue()) + "'";
        }
        return "a list";
    }

    private Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1)).orElse(last);
    }
}
