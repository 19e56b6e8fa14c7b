package orchestrator.engine.attempt;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class TaskVersionTest {
    private static final List<String> RISING =
            List.of(
                    "0",
                    "0.9",
                    "1.0.0.a",
                    "1.0.0-rc1",
                    "1",
                    "1.0",
                    "1.0.0",
                    "1.0.1",
                    "1.9",
                    "1.10",
                    "1.10.0.99999999999999999999",
                    "2");

    @Test
    public void numbersAreComparedAsNumbers() {
        for (int seed = 0; seed < 50; seed++) {
            List<String> mixed = new ArrayList<>(RISING);
            Collections.shuffle(mixed, new Random(seed));
            mixed.sort(TaskVersion.ORDER);
            assertEquals("seed " + seed, RISING, mixed);
        }
    }

    @Test
    public void theOrderIsTotal() {
        List<String> all =
                List.of("", "1", "01", "1.", "1..", "a", "1a", "1.a", "1-0", "1_0", "1.0", "-1");
        for (String a : all) {
            for (String b : all) {
                int order = Integer.signum(TaskVersion.ORDER.compare(a, b));
                assertEquals(-order, Integer.signum(TaskVersion.ORDER.compare(b, a)));
                assertEquals(a.equals(b), order == 0);
                for (String c : all) {
                    if (order < 0 && TaskVersion.ORDER.compare(b, c) < 0) {
                        assertTrue(a + b + c, TaskVersion.ORDER.compare(a, c) < 0);
                    }
                }
            }
        }
    }
}
