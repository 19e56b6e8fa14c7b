package orchestrator.engine.runtime;

import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import orchestrator.engine.attempt.Attempts;
import orchestrator.engine.attempt.TaskRegistry;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/** What every active run of a node shares. */
record RunContext(
        StoreLink store,
        FactCodec codec,
        Journal journal,
        NodeClock clock,
        Scheduler scheduler,
        Supplier<EngineLimits> limits,
        Attempts attempts,
        TaskRegistry registry,
        Executor executor,
        DoubleSupplier random,
        Supplier<String> ids,
        Answers answers,
        SubRuns subRuns) {}
