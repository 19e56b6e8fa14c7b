package itests.simulation;

import java.util.function.BooleanSupplier;

/** One life of a node's process: from its start until it is killed. Its clock need not keep the world's time. */
final class Life {
    private final Loop loop;
    private final Findings findings;
    private double rate;
    private long ahead;
    private long frozenUntil;
    private boolean dead;

    /** Ends whatever a killed process was doing. */
    static final class Over extends Error {
        private static final long serialVersionUID = 1L;

        Over() {
            super("The process was killed", null, false, false);
        }
    }

    /**
     * A process that has just been started.
     *
     * @param rate how fast its clock goes
     */
    Life(Loop loop, Findings findings, double rate) {
        this.loop = loop;
        this.findings = findings;
        this.rate = rate;
        this.ahead = 1_000_000L; // never the same origin as the world's
    }

    long nanoTime() {
        return ahead + (long) (loop.now() * rate);
    }

    /** How long a time of its clock is in the world. */
    long inWorld(long nanos) {
        return (long) (nanos / rate);
    }

    void jump(long nanos) {
        ahead += nanos;
    }

    /** Its clock keeps the world's pace from now on, and stays as far ahead as it is. */
    void steady() {
        ahead = nanoTime() - loop.now();
        rate = 1;
    }

    boolean isDead() {
        return dead;
    }

    void kill() {
        dead = true;
    }

    long frozenUntil() {
        return frozenUntil;
    }

    /** Nothing of it happens for a while; then it goes on as if nothing had been. */
    void freeze(long until) {
        frozenUntil = Math.max(frozenUntil, until);
    }

    void thaw() {
        frozenUntil = 0;
    }

    /** The calling action waits. */
    void await(BooleanSupplier done, long nanos) {
        loop.run(() -> dead || done.getAsBoolean(), loop.now() + nanos);
        while (!dead && !findings.any() && frozenUntil > loop.now()) {
            loop.run(() -> dead, frozenUntil);
        }
        check();
    }

    /** Ends the calling action if the process was killed, or the simulation is over. */
    void check() {
        if (dead || findings.any()) {
            throw new Over();
        }
    }
}
