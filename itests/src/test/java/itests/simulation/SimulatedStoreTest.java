package itests.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract, for the store that simulations run on: else they would prove nothing. */
public class SimulatedStoreTest extends StateBackendContract {

    @Override
    protected TestStore newStore() {
        return newStoreWithClock(Duration.ZERO);
    }

    @Override
    protected TestStore newStoreWithClock(Duration ahead) {
        InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
        return new Handles(new SimulatedStore(clock, SimulatedStore.Watcher.NONE));
    }

    /** Handles on a store that outlives every process of a simulation; a process that has ended gets no answer. */
    private static final class Handles implements TestStore {
        private final SimulatedStore store;
        private final AtomicInteger life = new AtomicInteger();

        Handles(SimulatedStore store) {
            this.store = store;
        }

        @Override
        public StateBackend open() {
            int mine = life.get();
            return (StateBackend)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {StateBackend.class, StateInspection.class},
                            (proxy, method, arguments) -> call(mine, method, arguments));
        }

        private Object call(int mine, Method method, Object[] arguments) throws Throwable {
            if (life.get() != mine) {
                throw Harm.unavailable();
            }
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public StateBackend reopen() {
            life.incrementAndGet();
            return open();
        }

        @Override
        public void close() {
            life.incrementAndGet();
        }
    }
}
