package orchestrator.engine.attempt;

import java.util.function.Supplier;

/** Code of a plugin, called with the plugin's class loader as the thread's context. */
final class PluginCode {
    private final ClassLoader loader;

    PluginCode(ClassLoader loader) {
        this.loader = loader;
    }

    void call(Runnable code) {
        call(
                () -> {
                    code.run();
                    return null;
                });
    }

    <T> T call(Supplier<T> code) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return code.get();
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
