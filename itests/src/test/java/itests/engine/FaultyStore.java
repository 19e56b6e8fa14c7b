package itests.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import orchestrator.api.state.Append;
import orchestrator.api.state.StateBackend;

/** A view of a store that is written to by writers, with something that happens before chosen calls. */
final class FaultyStore {
    private FaultyStore() {}

    /** Looks at each call before the store does. */
    @FunctionalInterface
    interface Fault {
        void before(String method, Object[] arguments);
    }

    static StateBackend of(StateBackend store, Fault fault) {
        return (StateBackend)
                Proxy.newProxyInstance(
                        FaultyStore.class.getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("isVolatile")) {
                                return false;
                            }
                            fault.before(method.getName(), arguments);
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** Of the first append of a call that has an entry of that type, or null. */
    static Append appendOf(String method, Object[] arguments, String type) {
        if (!method.equals("append")) {
            return null;
        }
        return ((List<?>) arguments[1])
                .stream()
                        .map(Append.class::cast)
                        .filter(a -> a.entries().stream().anyMatch(e -> e.type().equals(type)))
                        .findFirst()
                        .orElse(null);
    }
}
