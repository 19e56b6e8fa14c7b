package benchmarks;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every contender on PostgreSQL does all the work that it is given; how fast is not asked here. */
public class StoresTest {
    /** The server. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void contendersOnPostgresDoTheirWork() throws Exception {
        try (PostgresServer server = new PostgresServer(folder.getRoot().toPath(), Map.of());
                StoreField field = StoreField.open(server, new Options("--stored=100"))) {
            assertEquals(
                    List.of("raw", "bare", "engine", "stored", "dbos", "flowable"),
                    field.entrants().stream().map(StoreField.Entrant::key).toList());
            for (StoreField.Entrant entrant : field.entrants()) {
                does(entrant.contender(), Shape.steps(1), 2);
                does(entrant.contender(), Shape.steps(8), 20);
                if (entrant.contender().takesPart(Shape.fanOut(10))) {
                    does(entrant.contender(), Shape.fanOut(10), 1);
                }
            }
            for (String name : List.of("engine", "stored", "dbos", "flowable")) {
                String kind = name.equals("stored") ? Rivals.ENGINE : name;
                String url = server.url(name);
                assertEquals(name, "0", PostgresServer.ask(url, Rivals.unfinished(kind)));
                assertTrue(
                        name, Long.parseLong(PostgresServer.ask(url, Rivals.progress(kind))) >= 0);
            }
            String stored = "SELECT count(*) FROM orc_run WHERE finished = 1";
            assertEquals(
                    "the copies, the run that was copied, and the work",
                    "124",
                    PostgresServer.ask(server.url("stored"), stored));
        }
    }

    @Test
    public void twoNodesOnASlowDatabaseDoTheirWork() throws Exception {
        try (PostgresServer server = new PostgresServer(folder.getRoot().toPath(), Map.of());
                DelayProxy slow = new DelayProxy(server.port(), 1_000_000);
                Nodes nodes = new Nodes(slow.of(server.newDatabase("two")), 2)) {
            does(nodes, Shape.steps(4), 20);
        }
    }

    private static void does(Contender contender, Shape shape, int runs) throws Exception {
        Meter meter = Meter.ofRuns(runs);
        contender.work(shape, meter);
        assertEquals(contender.name() + ", " + shape.name(), runs, meter.runs());
    }
}
