package itests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java cannot send. */
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) {
        try {
            int exit =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (exit != 0) {
                throw new AssertionError("Expected to send " + signal + " to process " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
