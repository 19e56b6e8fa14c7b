package itests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@code bin/client} that was started, with commands on its standard input. */
final class ClientCall {
    private final Process process;
    private final Path out;
    private final Path error;

    private ClientCall(Process process, Path out, Path error) {
        this.process = process;
        this.out = out;
        this.error = error;
    }

    /** What a client left behind. */
    record Outcome(int exitCode, String out, String error) {
        /** The output of a client that succeeded. */
        String succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("Expected exit code 0, but found " + this);
            }
            return out;
        }
    }

    /**
     * @param builder of the client, its streams not yet set
     * @param folder where its output is kept
     */
    static ClientCall begin(ProcessBuilder builder, Path folder, String... commands) {
        try {
            Path input = Files.createTempFile(folder, "client", ".in");
            Path out = Files.createTempFile(folder, "client", ".out");
            Path error = Files.createTempFile(folder, "client", ".err");
            Files.writeString(input, String.join("\n", commands) + "\n");
            Process process =
                    builder.redirectInput(input.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(error.toFile())
                            .start();
            return new ClientCall(process, out, error);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written so far. */
    String soFar() {
        return text(out);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Outcome end() {
        try {
            if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "Expected bin/client to end within %s, but found it running; so far: %s %s"
                                .formatted(Patience.LONG, text(out), text(error)));
            }
            return new Outcome(process.exitValue(), text(out), text(error));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Without the colours that Karaf gives its errors. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8)
                    .replaceAll("\u001B\\[[0-9;?]*[a-zA-Z]", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
