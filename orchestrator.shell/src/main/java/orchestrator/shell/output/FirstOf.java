package orchestrator.shell.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The first of many things, and how many there were: a screen shows no more, and memory holds no more. */
public final class FirstOf<T> implements Consumer<T> {
    private static final int KEPT = 1000;

    private final List<T> first = new ArrayList<>();
    private long number;

    @Override
    public void accept(T thing) {
        number++;
        if (first.size() < KEPT) {
            first.add(thing);
        }
    }

    /** At most the first 1,000. */
    public List<T> list() {
        return first;
    }

    /** How many there were. */
    public long number() {
        return number;
    }

    /** Says on the screen that not all are shown, if so. */
    void sayMore(Screen screen) {
        if (number > first.size()) {
            screen.line("... and %,d more.".formatted(number - first.size()));
        }
    }
}
