package itests.simulation;

import orchestrator.api.state.StateUnavailableException;

/** What happens to the calls of one node's life: by the plan, by the state of its line, by chance. */
final class Harm {
    private final Simulation simulation;
    private final SimulatedNode node;
    private final Life life;

    /** What becomes of a call. */
    enum Trouble {
        NONE,
        LOST,
        UNANSWERED,
        LATE,
        CRASH_AFTER
    }

    Harm(Simulation simulation, SimulatedNode node, Life life) {
        this.simulation = simulation;
        this.node = node;
        this.life = life;
    }

    static StateUnavailableException unavailable() {
        return new StateUnavailableException("Expected an answer, but there is none", null);
    }

    boolean isTraced() {
        return simulation.isTraced();
    }

    void trace(String text) {
        simulation.trace("n" + node.index() + " " + text);
    }

    boolean isCut() {
        return simulation.isCut(node);
    }

    /** A call begins. */
    Trouble before(boolean write) {
        dawdle();
        write(write);
        life.check();
        if (simulation.isCut(node) || (write && simulation.isMute(node))) {
            return simulation.chance().in(20) ? Trouble.UNANSWERED : Trouble.LOST;
        }
        for (Act act : simulation.actsOfCall(write)) {
            Trouble trouble = trouble(act);
            if (trouble != Trouble.NONE) {
                return trouble;
            }
        }
        return Trouble.NONE;
    }

    private Trouble trouble(Act act) {
        return switch (act.kind()) {
            case CRASH_BEFORE_WRITE -> {
                node.crash(act.millis());
                yield Trouble.NONE;
            }
            case CRASH_AFTER_WRITE -> {
                simulation.crashNext(act.millis());
                yield Trouble.CRASH_AFTER;
            }
            case WRITE_UNANSWERED, CALL_UNANSWERED -> Trouble.UNANSWERED;
            case WRITE_LOST -> Trouble.LOST;
            case WRITE_LATE -> Trouble.LATE;
            default -> Trouble.NONE;
        };
    }

    /** A call has taken effect, and its answer is on its way. */
    void after(Trouble trouble, boolean write) {
        if (trouble == Trouble.CRASH_AFTER) {
            node.crash(simulation.crashNext());
            return;
        }
        dawdle();
        write(write);
    }

    private void write(boolean write) {
        int most = simulation.plan().shape().writeMillis();
        if (write && most > 0 && simulation.loop().depth() < 20) {
            node.environment()
                    .dawdle(simulation.chance().spread(Loop.MILLI / 20, most * Loop.MILLI / 2));
        }
    }

    /** The store comes to it later. */
    void later(Runnable effect) {
        long delay = simulation.chance().spread(Loop.MILLI, 4 * Loop.SECOND);
        simulation
                .loop()
                .after(
                        delay,
                        null,
                        () -> {
                            try {
                                effect.run();
                            } catch (orchestrator.api.state.StateException e) {
                                // nobody hears of it
                            }
                        });
    }

    private void dawdle() {
        if (!simulation.isMended()
                && simulation.chance().perMille(simulation.plan().shape().slowCalls())
                && simulation.loop().depth() < 8) {
            long most = simulation.chance().in(10) ? 5 * Loop.SECOND : 50 * Loop.MILLI;
            node.environment().dawdle(simulation.chance().spread(Loop.MILLI / 10, most));
        }
    }
}
