package itests.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;

/** A store as a process sees it that is killed at its n-th write: from there on nothing of it arrives any more. */
final class CrashingStore {
    private static final Set<String> WRITES = Set.of("append", "create", "post");

    private final StateBackend store;
    private final int lastWrite;
    private final boolean lastTakesEffect;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean dead;

    /**
     * A view of a store.
     *
     * @param lastWrite the write at which the process is killed
     * @param lastTakesEffect whether that write arrives before
     */
    CrashingStore(StateBackend store, int lastWrite, boolean lastTakesEffect) {
        this.store = store;
        this.lastWrite = lastWrite;
        this.lastTakesEffect = lastTakesEffect;
    }

    StateBackend backend() {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> call(method, arguments));
    }

    boolean isDead() {
        return dead;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("isVolatile")) {
            return false; // with writers, as with a store on a disk
        }
        if (!WRITES.contains(method.getName())) {
            return alive(method, arguments);
        }
        synchronized (this) {
            boolean last = !dead && writes.incrementAndGet() == lastWrite;
            if (last && lastTakesEffect) {
                invoke(method, arguments);
            }
            dead |= last;
            return alive(method, arguments);
        }
    }

    private Object alive(Method method, Object[] arguments) throws Throwable {
        if (dead) {
            throw new StateUnavailableException("Expected a process, but it was killed", null);
        }
        return invoke(method, arguments);
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
