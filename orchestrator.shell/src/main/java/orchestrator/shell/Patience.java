package orchestrator.shell;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import orchestrator.shell.output.Watch;

/** A second between two looks, until a key is pressed or enough time has passed. Not thread safe. */
final class Patience implements Watch.Pause {
    private static final int LOOKS_FOR_A_KEY = 10;
    private static final Duration STEP = Duration.ofMillis(100);

    private final InputStream keyboard;
    private final long end;

    /**
     * Begins now.
     *
     * @param keyboard may be null. Terminals that cannot say whether a key was pressed have Ctrl-C only
     * @param most how long it lasts
     */
    Patience(InputStream keyboard, Duration most) {
        this.keyboard = keyboard;
        this.end = System.nanoTime() + Math.min(most.toSeconds(), 1_000_000_000) * 1_000_000_000;
    }

    @Override
    public boolean between() throws InterruptedException {
        for (int i = 0; i < LOOKS_FOR_A_KEY; i++) {
            if (end - System.nanoTime() <= 0 || isKeyPressed()) {
                return false;
            }
            Thread.sleep(STEP.toMillis());
        }
        return true;
    }

    /** The key is taken, so that the next command line does not begin with it. */
    private boolean isKeyPressed() {
        try {
            int pressed = keyboard == null ? 0 : keyboard.available();
            return pressed > 0 && keyboard.skip(pressed) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
