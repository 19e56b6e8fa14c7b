package orchestrator.testkit.simple;

import java.time.InstantSource;
import orchestrator.api.state.StateBackend;

/** Makes stores for engines that a test drives. */
public final class SimpleStores {
    private SimpleStores() {}

    /** A store that is called at once, by whoever has something to write, and goes with its process. */
    public static StateBackend inMemory(InstantSource clock) {
        return new InMemory(new SimpleStore(clock));
    }

    private static final class InMemory extends SimpleBackend {
        InMemory(SimpleStore store) {
            super(store);
        }

        @Override
        public boolean isVolatile() {
            return true;
        }
    }
}
