package orchestrator.testkit.simple;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;
import org.junit.Test;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.RunWith;
import org.junit.runner.manipulation.Filter;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** The contract finds what is wrong: each of these backends fails the test that is about its fault. */
@RunWith(Parameterized.class)
public class ContractCatchesTest {
    private static final Map<String, Consumer<SimpleBackend>> WRONG = new WrongBackends().byTest();

    /** The fault of the backend that is made next. Tests run one after the other. */
    private static volatile Consumer<SimpleBackend> fault;

    /** The test that must fail. */
    @Parameter public String test;

    @Parameters(name = "{0}")
    public static Object[] tests() {
        return WRONG.keySet().toArray();
    }

    @Test
    public void theTestFailsOnTheWrongBackendAndPassesOnTheRightOne() {
        fault = backend -> {};
        assertEquals("failures without the fault", 0, run().getFailureCount());
        fault = WRONG.get(test);
        Result wrong = run();
        assertEquals("failures with the fault", 1, wrong.getFailureCount());
        Throwable failure = wrong.getFailures().get(0).getException();
        assertTrue("found by an assertion, not by " + failure, isAnAnswer(failure));
    }

    /** Not a fault of the test itself, such as a null that nobody checked. */
    private static boolean isAnAnswer(Throwable failure) {
        return failure instanceof AssertionError
                || failure instanceof orchestrator.api.state.StateException
                || failure.getCause() instanceof AssertionError;
    }

    private Result run() {
        Result result = new JUnitCore().run(Request.aClass(Wrong.class).filterWith(named(test)));
        assertEquals("tests called " + test, 1, result.getRunCount());
        return result;
    }

    private static Filter named(String test) {
        return new Filter() {
            @Override
            public boolean shouldRun(Description description) {
                return description.isTest()
                        ? test.equals(description.getMethodName())
                        : description.getChildren().stream().anyMatch(this::shouldRun);
            }

            @Override
            public String describe() {
                return test;
            }
        };
    }

    /** The simple backend with the fault. */
    public static final class Wrong extends StateBackendContract {
        @Override
        protected TestStore newStore() {
            return newStoreWithClock(Duration.ZERO);
        }

        @Override
        protected TestStore newStoreWithClock(Duration ahead) {
            InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
            Consumer<SimpleBackend> present = fault;
            return new SimpleTestStore(
                    new SimpleStore(clock),
                    store -> {
                        SimpleBackend backend = new SimpleBackend(store);
                        present.accept(backend);
                        return backend;
                    });
        }
    }
}
