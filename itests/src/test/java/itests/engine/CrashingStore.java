package itests.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;

/**
 * A store as a process sees it that is killed at its n-th write: from there on nothing of it arrives any more. Or one that
 * does not answer that write alone.
 */
final class CrashingStore {
    static final Set<String> WRITES = Set.of("append", "create", "post");

    private final StateBackend store;
    private final Set<String> counted;
    private final int lastWrite;
    private final boolean lastTakesEffect;
    private final boolean forGood;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean met;

    /**
     * A view of a store.
     *
     * @param counted the methods that count as writes
     * @param lastWrite the write at which the process is killed, or that is not answered
     * @param lastTakesEffect whether that write arrives before
     * @param forGood whether the process is killed
     */
    CrashingStore(
            StateBackend store,
            Set<String> counted,
            int lastWrite,
            boolean lastTakesEffect,
            boolean forGood) {
        this.store = store;
        this.counted = counted;
        this.lastWrite = lastWrite;
        this.lastTakesEffect = lastTakesEffect;
        this.forGood = forGood;
    }

    StateBackend backend() {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> call(method, arguments));
    }

    /** Whether that write has come. */
    boolean isMet() {
        return met;
    }

    boolean isDead() {
        return met && forGood;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("isVolatile")) {
            return false; // with writers, as with a store on a disk
        }
        if (!counted.contains(method.getName())) {
            return alive(method, arguments);
        }
        synchronized (this) {
            if (!met && writes.incrementAndGet() == lastWrite) {
                if (lastTakesEffect) {
                    invoke(method, arguments);
                }
                met = true;
                throw new StateUnavailableException("Expected an answer, but there is none", null);
            }
            return alive(method, arguments);
        }
    }

    private Object alive(Method method, Object[] arguments) throws Throwable {
        if (isDead()) {
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
