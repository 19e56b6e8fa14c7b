package benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import orchestrator.state.memory.MemoryStateBackend;

/** The contenders on one kind of store, the floor first, and the folder in which their files lie. */
final class Field implements AutoCloseable {
    private final List<Contender> contenders = new ArrayList<>();
    private Path folder;

    /** The contenders in memory. */
    static Field memory() throws Exception {
        Field field = new Field();
        field.contenders.add(new FutureChain());
        field.contenders.add(new CoreAlone());
        field.contenders.add(
                new EngineContender(
                        "memory", new MemoryStateBackend(Clock.systemUTC(), 10_000), 1));
        return field;
    }

    /** The contenders on the embedded database, each with a file of its own in the same new folder. */
    static Field embedded(Path parent, int writers) throws Exception {
        Field field = new Field();
        field.folder = Files.createTempDirectory(Files.createDirectories(parent), "store");
        field.contenders.add(
                new RawInserts(new RowFile(Files.createDirectory(field.folder.resolve("raw")))));
        field.contenders.add(
                new GroupWriter(new RowFile(Files.createDirectory(field.folder.resolve("group")))));
        field.contenders.add(
                new EngineContender(
                        "embedded database",
                        SqliteStore.open(field.folder.resolve("engine"), 2, Clock.systemUTC()),
                        writers));
        return field;
    }

    List<Contender> contenders() {
        return contenders;
    }

    @Override
    public void close() throws Exception {
        for (Contender contender : contenders) {
            contender.close();
        }
        if (folder != null) {
            Folders.delete(folder);
        }
    }
}
