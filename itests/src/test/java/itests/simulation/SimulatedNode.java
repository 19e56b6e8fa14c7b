package itests.simulation;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskSource;
import orchestrator.engine.core.RunState;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;

/** A node: a real engine in simulated surroundings, as long as its process lives; after that, another. */
final class SimulatedNode {
    private static final long LONGEST_STOP = 30 * Loop.SECOND;

    private final Simulation simulation;
    private final int index;
    private final EngineSetup setup;
    private final Map<String, TaskBinding> tasks = new HashMap<>();
    private final Set<String> workflowsGone = new HashSet<>();
    private Life life;
    private SimulatedEnvironment environment;
    private Wire wire;
    private Engine engine;

    SimulatedNode(Simulation simulation, int index, EngineSetup setup) {
        this.simulation = simulation;
        this.index = index;
        this.setup = setup;
    }

    int index() {
        return index;
    }

    boolean isAlive() {
        return life != null && !life.isDead();
    }

    Engine engine() {
        return engine;
    }

    Life life() {
        return life;
    }

    SimulatedEnvironment environment() {
        return environment;
    }

    /** Of its lease, or -1. */
    long incarnation() {
        return engine.store().isUp() ? engine.store().lease().incarnation() : -1;
    }

    boolean isTraced() {
        return simulation.isTraced();
    }

    void trace(String text) {
        simulation.trace("n" + index + " " + text);
    }

    /** Starts a process, unless there is one. */
    void start() {
        if (isAlive()) {
            return;
        }
        Plan plan = simulation.plan();
        life = new Life(simulation.loop(), simulation.findings(), plan.shape().rates().get(index));
        environment =
                new SimulatedEnvironment(
                        simulation.loop(), life, simulation.chance(), plan.shape().slowness());
        wire =
                new Wire(
                        simulation.store(),
                        simulation.shadows(),
                        new Harm(simulation, this, life),
                        life);
        engine = Engine.start(setup, environment);
        engine.workflows(
                name -> workflowsGone.contains(name) ? null : simulation.graphs().newest(name));
        for (Flow flow : plan.flows()) {
            if (!workflowsGone.contains(flow.name())) {
                engine.workflowArrived(flow.name()); // as whoever deploys it says
            }
        }
        tasks.clear();
        for (int i = 0; i < Constructs.TASKS; i++) {
            deploy(i);
        }
        engine.attach(wire);
    }

    /** Kills the process, and starts another after a while. */
    void crash(long millis) {
        if (isAlive()) {
            compareLive();
            simulation.trace("n" + index + " is killed");
            life.kill();
            simulation.loop().after(millis * Loop.MILLI, null, this::start);
        }
    }

    /** Ends the process in good order, and starts another after a while. */
    void stop(long millis) {
        if (isAlive()) {
            Life mine = life;
            simulation.loop().after(0, mine, () -> end(mine, engine::close, millis));
            simulation.loop().after(LONGEST_STOP, null, () -> end(mine, () -> {}, millis));
        }
    }

    /**
     * Ends a life once. It is killed if it does not end by itself, as whoever stops a process does: here, where all threads
     * have one stack, a writer that tries again and again may stand above what closes it.
     */
    private void end(Life mine, Runnable close, long millis) {
        close.run();
        if (!mine.isDead()) {
            mine.kill();
            simulation.loop().after(millis * Loop.MILLI, null, this::start);
        }
    }

    void deploy(int task) {
        String name = "t" + task;
        if (tasks.containsKey(name)) {
            return;
        }
        TaskBinding binding =
                new TaskBinding(
                        name,
                        "1",
                        "plugin",
                        getClass().getClassLoader(),
                        TaskSource.of(simulation.bodies().task(life, this)));
        tasks.put(name, binding);
        engine.tasks().add(binding);
    }

    void undeploy(int task) {
        TaskBinding binding = tasks.remove("t" + task);
        if (binding != null) {
            engine.tasks().remove(binding);
            binding.drain(Duration.ZERO);
        }
    }

    void register(String workflow) {
        if (workflowsGone.remove(workflow) && isAlive()) {
            engine.workflowArrived(workflow);
        }
    }

    void unregister(String workflow) {
        workflowsGone.add(workflow);
    }

    void detach() {
        engine.detach(wire);
    }

    void attach() {
        engine.attach(wire);
    }

    /** All that it had or has is as it should be. */
    void heal() {
        start();
        life.thaw();
        life.steady(); // clocks that are a tenth too fast for an hour are none
        Set.copyOf(workflowsGone).forEach(this::register);
        for (int i = 0; i < Constructs.TASKS; i++) {
            deploy(i);
        }
        engine.attach(wire);
    }

    /** What it has in memory of the runs that it owns must be what their journals say. */
    void compareLive() {
        try {
            Object runs = get(engine, "runs");
            for (Object active : ((Map<?, ?>) get(runs, "active")).values()) {
                compareLive(active);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected the engine's fields, but " + e, e);
        }
    }

    private void compareLive(Object active) throws ReflectiveOperationException {
        Shadow shadow = simulation.shadows().of((String) get(active, "id"));
        boolean gone = (boolean) get(get(active, "stay"), "over");
        boolean busy = ((AtomicInteger) get(get(active, "mailbox"), "work")).get() > 0; // it reads
        boolean settled = get(active, "appending") == null && !gone && !busy;
        long since = (long) get(get(active, "stored"), "epoch"); // of an older lease if it is to go
        if (settled && shadow != null && shadow.isOwned(incarnation(), since)) {
            shadow.expectSame("memory", (RunState) get(active, "state"));
        }
    }

    private static Object get(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    void compareLiveIfAlive() {
        if (isAlive()) {
            compareLive();
        }
    }

    /** Whether it has nothing to do. */
    boolean isIdle() {
        return engine.activeRuns() == 0 && engine.busySlots() == 0;
    }

    /** How many runs it has in memory. */
    int activeRuns() {
        return engine.activeRuns();
    }
}
