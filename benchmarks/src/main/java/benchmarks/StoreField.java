package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/** The contenders on one server, each with a database of its own: floor, ceiling, the engine, then the peers. */
final class StoreField implements AutoCloseable {
    /** A server's processes report what they counted at most twice a second. */
    private static final long REPORT_MILLIS = 1_100;

    private static final int NUDGE_RUNS = 128;

    private final PostgresServer server;
    private final List<Entrant> entrants = new ArrayList<>();

    /** A contender and the database that it has. */
    record Entrant(String key, Contender contender) {}

    private StoreField(PostgresServer server) {
        this.server = server;
    }

    static StoreField open(PostgresServer server, Options options) throws Exception {
        StoreField field = new StoreField(server);
        try {
            field.enter(options, "raw", url -> new RawInserts(new RowTable(url)));
            field.enter(options, "bare", url -> new GroupWriter(new RowTable(url)));
            field.enter(
                    options,
                    "engine",
                    url ->
                            PostgresEngine.open(
                                    url,
                                    "bench",
                                    options.writers(PostgresEngine.WRITERS),
                                    Body.trivial()));
            if (options.stored() > 0) {
                field.enter(options, "stored", url -> withRuns(url, options));
            }
            for (Peer peer : ServiceLoader.load(Peer.class)) {
                field.enter(options, peer.name(), url -> peer.open(url, Body.trivial()));
            }
            return field;
        } catch (Exception e) {
            field.close();
            throw e;
        }
    }

    private void enter(Options options, String key, Opening opening) throws Exception {
        if (options.only().isEmpty() || options.only().contains(key)) {
            entrants.add(new Entrant(key, opening.open(server.newDatabase(key))));
        }
    }

    /** The engine on a database that it has used for long. */
    private static EngineContender withRuns(String url, Options options) throws Exception {
        EngineContender engine =
                PostgresEngine.open(
                        options.stored() + " stored",
                        url,
                        "bench",
                        options.writers(PostgresEngine.WRITERS),
                        EngineContender.RUNS,
                        Body.trivial());
        engine.work(Shape.steps(1), Meter.ofRuns(1));
        StoredRuns.fill(url, options.stored());
        return engine;
    }

    List<Entrant> entrants() {
        return entrants;
    }

    /** Lets a contender work with nothing beside it, and tells what one run asked of the server. */
    StoreFigures.Demand count(Entrant entrant, Shape shape, long nanos) throws Exception {
        boolean fanOut = shape.items() > 0;
        int nudge = fanOut ? 1 : NUDGE_RUNS;
        nudge(entrant, shape, nudge);
        Counters before = server.counters(entrant.key());
        Cost ownBefore = Cost.now();
        Meter meter = fanOut ? Meter.ofRuns(2) : Meter.ofNanos(nanos);
        entrant.contender().work(shape, meter);
        long own = Cost.now().cpuNanos() - ownBefore.cpuNanos();
        nudge(entrant, shape, nudge);
        Counters added = server.counters(entrant.key()).since(before);
        int runs = meter.runs() + nudge;
        return StoreFigures.Demand.of(added, own * runs / Math.max(1, meter.runs()), runs);
    }

    /** A little work after a while, so that the server's processes report what they counted before. */
    private static void nudge(Entrant entrant, Shape shape, int runs) throws Exception {
        TimeUnit.MILLISECONDS.sleep(REPORT_MILLIS);
        entrant.contender().work(shape, Meter.ofRuns(runs));
        TimeUnit.MILLISECONDS.sleep(REPORT_MILLIS);
    }

    @Override
    public void close() throws Exception {
        for (Entrant entrant : entrants) {
            entrant.contender().close();
        }
    }

    /** Opens a contender on a database. */
    private interface Opening {
        Contender open(String url) throws Exception;
    }
}
