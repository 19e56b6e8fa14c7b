package benchmarks;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every contender does all the work that it is given; how fast is not asked here. */
public class ContendersTest {
    /** The stores. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void contendersInMemoryDoTheirWork() throws Exception {
        try (Field field = Field.memory()) {
            doSmallWork(field);
        }
    }

    @Test
    public void contendersOnTheEmbeddedDatabaseDoTheirWork() throws Exception {
        try (Field field = Field.embedded(folder.getRoot().toPath(), 2)) {
            doSmallWork(field);
        }
    }

    private static void doSmallWork(Field field) throws Exception {
        for (Contender contender : field.contenders()) {
            does(contender, Shape.steps(1), 3);
            does(contender, Shape.steps(8), 40);
            does(contender, Shape.fanOut(20), 2);
        }
    }

    private static void does(Contender contender, Shape shape, int runs) throws Exception {
        Meter meter = Meter.ofRuns(runs);
        Round round = Round.of(contender, shape, meter);
        assertEquals(contender.name(), runs, meter.runs());
        assertTrue(contender.name(), round.rate() > 0);
        assertTrue(contender.name(), round.p99() >= round.p50());
    }

    @Test
    public void aResultHasTheSizeThatIsClaimed() {
        assertEquals(Work.RESULT_BYTES, Work.encoded().length);
    }
}
