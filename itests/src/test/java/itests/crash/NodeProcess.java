package itests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A {@link CrashNode}, and what is done to it from outside. */
final class NodeProcess implements AutoCloseable {
    private final String name;
    private final String store;
    private final Duration lease;
    private final Path folder;
    private final Consumer<String> listener;
    private Process process;
    private Writer commands;
    private final AtomicInteger ready = new AtomicInteger();

    /**
     * @param listener is told what the node says, but for {@code ready}
     */
    NodeProcess(String name, String store, Duration lease, Path folder, Consumer<String> listener) {
        this.name = name;
        this.store = store;
        this.lease = lease;
        this.folder = folder;
        this.listener = listener;
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts it, and waits for nothing. */
    void start() {
        ready.set(0);
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashNode.class.getName(),
                        name,
                        store,
                        Long.toString(lease.toMillis()),
                        folder.toString());
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Process started = process;
        Thread reader = new Thread(() -> listen(started), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void listen(Process started) {
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("ready")) {
                    ready.incrementAndGet();
                } else {
                    listener.accept(line);
                }
            }
        } catch (IOException e) {
            listener.accept("end " + name); // it was killed
        }
    }

    /** How often this process has entered its store. */
    int entries() {
        return ready.get();
    }

    void awaitReady() {
        Wait.until(
                name + " to be ready, see " + folder.resolve(name + ".log"),
                () -> {
                    if (!isAlive()) {
                        throw new AssertionError(
                                "Expected %s to run, but it has ended, see %s"
                                        .formatted(name, folder.resolve(name + ".log")));
                    }
                    return ready.get() > 0;
                });
    }

    /** Says something to it, if it can hear. */
    void say(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            listener.accept("deaf " + name);
        }
    }

    /** SIGKILL; returns when the process has gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; returns when the process has gone. */
    void terminate() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Expected " + name + " to end within 30 s of SIGTERM");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGSTOP or SIGCONT. */
    void signal(String signal) {
        Signals.send(signal, process.pid());
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
