package orchestrator.engine.runtime;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads that run bodies of tasks: virtual ones from JDK 24 on. Before that a body that waits in a
 * {@code synchronized} block would hold its carrier.
 */
final class TaskThreads {
    private static final int UNPINNED = 24;

    private TaskThreads() {}

    /**
     * The factory that suits this JDK.
     *
     * @param platform makes platform threads
     */
    static ThreadFactory factory(String prefix, ThreadFactory platform) {
        if (Runtime.version().feature() < UNPINNED) {
            return platform;
        }
        try { // the classes are compiled for a JDK that has no virtual threads
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object threads = Thread.class.getMethod("ofVirtual").invoke(null);
            Method name = builder.getMethod("name", String.class, long.class);
            Method inherit = builder.getMethod("inheritInheritableThreadLocals", boolean.class);
            threads = inherit.invoke(name.invoke(threads, prefix, 1L), false);
            return (ThreadFactory) builder.getMethod("factory").invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected virtual threads from JDK 24 on", e);
        }
    }
}
