package orchestrator.engine.attempt;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import orchestrator.engine.graph.Json;

/**
 * A task that a plugin offers, with its attempts in progress on this node. The mapper that sees the plugin's classes is
 * its own and goes with it. Thread safe.
 */
public final class TaskBinding {
    private final String name;
    private final String version;
    private final String bundle;
    private final ClassLoader classLoader;
    private final TaskSource source;
    private final ObjectMapper mapper =
            Json.newMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private final Set<Attempt> inProgress = new LinkedHashSet<>();
    private final Conduct conduct = new Conduct();
    private boolean leaving;

    /**
     * A task on offer.
     *
     * @param bundle where it comes from, for people
     * @param classLoader the context class loader of its body
     */
    public TaskBinding(
            String name,
            String version,
            String bundle,
            ClassLoader classLoader,
            TaskSource source) {
        this.name = name;
        this.version = version;
        this.bundle = bundle;
        this.classLoader = classLoader;
        this.source = source;
    }

    /** The task's name. */
    public String name() {
        return name;
    }

    /** The task's version. */
    public String version() {
        return version;
    }

    /** Where it comes from, for people. */
    public String bundle() {
        return bundle;
    }

    /** What it does that it should not. */
    public Conduct conduct() {
        return conduct;
    }

    /** How many attempts are in progress on this node. */
    public synchronized int running() {
        return inProgress.size();
    }

    ClassLoader classLoader() {
        return classLoader;
    }

    TaskSource source() {
        return source;
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /** Takes an attempt in, unless the task is leaving. */
    synchronized boolean enter(Attempt attempt) {
        return !leaving && inProgress.add(attempt);
    }

    synchronized boolean isLeaving() {
        return leaving;
    }

    synchronized void leave(Attempt attempt) {
        inProgress.remove(attempt);
        if (leaving) {
            notifyAll();
        }
    }

    /**
     * Lets no attempt in any more, asks those in progress to end, waits for them up to the given time, and hands back
     * what is left. Holds no lock meanwhile.
     */
    public void drain(Duration time) {
        List<Attempt> left;
        synchronized (this) {
            leaving = true;
            left = new ArrayList<>(inProgress);
        }
        left.forEach(Attempt::signal);
        awaitEmpty(time);
        synchronized (this) {
            left = new ArrayList<>(inProgress);
        }
        left.forEach(attempt -> attempt.handBack(name + " " + version + " left"));
    }

    private synchronized void awaitEmpty(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long rest = time.toMillis();
                    rest > 0 && !inProgress.isEmpty();
                    rest = (end - System.nanoTime()) / 1_000_000) {
                wait(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
