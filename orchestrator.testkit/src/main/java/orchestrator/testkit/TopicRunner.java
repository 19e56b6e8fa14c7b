package orchestrator.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import orchestrator.testkit.state.AppendContract;
import orchestrator.testkit.state.BesideContract;
import orchestrator.testkit.state.ClaimContract;
import orchestrator.testkit.state.ClockAheadContract;
import orchestrator.testkit.state.ClockBehindContract;
import orchestrator.testkit.state.CreateContract;
import orchestrator.testkit.state.CrowdContract;
import orchestrator.testkit.state.DeleteContract;
import orchestrator.testkit.state.DurabilityContract;
import orchestrator.testkit.state.FencingContract;
import orchestrator.testkit.state.InboxContract;
import orchestrator.testkit.state.InspectionContract;
import orchestrator.testkit.state.LeaseContract;
import orchestrator.testkit.state.QueryContract;
import orchestrator.testkit.state.RaceContract;
import orchestrator.testkit.state.ValueContract;
import org.junit.runner.Description;
import org.junit.runner.Runner;
import org.junit.runners.BlockJUnit4ClassRunner;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;

/** Runs one topic of a contract, under the name of the class that stands for the backend. */
final class TopicRunner extends BlockJUnit4ClassRunner {
    private static final List<Class<?>> TOPICS =
            List.of(
                    LeaseContract.class,
                    CreateContract.class,
                    AppendContract.class,
                    InboxContract.class,
                    ClaimContract.class,
                    FencingContract.class,
                    RaceContract.class,
                    CrowdContract.class,
                    ClockAheadContract.class,
                    ClockBehindContract.class,
                    QueryContract.class,
                    ValueContract.class,
                    BesideContract.class,
                    DeleteContract.class,
                    InspectionContract.class,
                    DurabilityContract.class);

    /** How far the clock of the store is ahead, for those topics where it is. */
    private static final Map<Class<?>, Duration> AHEAD =
            Map.of(
                    ClockAheadContract.class, ClockAheadContract.AHEAD,
                    ClockBehindContract.class, ClockBehindContract.AHEAD);

    private final Class<?> backend;
    private final Callable<TestStore> stores;

    private TopicRunner(Class<?> backend, Class<?> topic, Callable<TestStore> stores)
            throws InitializationError {
        super(topic);
        this.backend = backend;
        this.stores = stores;
    }

    static List<Class<?>> topics() {
        return TOPICS;
    }

    static List<Runner> all(Class<?> backend, StateBackendContract contract)
            throws InitializationError {
        List<Runner> runners = new ArrayList<>();
        for (Class<?> topic : TOPICS) {
            Duration ahead = AHEAD.get(topic);
            runners.add(
                    new TopicRunner(
                            backend,
                            topic,
                            ahead == null
                                    ? contract::newStore
                                    : () -> contract.newStoreWithClock(ahead)));
        }
        return runners;
    }

    @Override
    protected void validateConstructor(List<Throwable> errors) {
        validateOnlyOneConstructor(errors);
    }

    @Override
    protected Object createTest() throws Exception {
        return getTestClass().getOnlyConstructor().newInstance(stores);
    }

    @Override
    protected String testName(FrameworkMethod method) {
        return testName(getTestClass().getJavaClass(), method.getName());
    }

    /** The name of a test of the contract: its topic and its method. */
    static String testName(Class<?> topicClass, String method) {
        String topic = topicClass.getSimpleName().replace("Contract", "");
        return topic.toLowerCase(Locale.ROOT) + "_" + method;
    }

    @Override
    protected Description describeChild(FrameworkMethod method) {
        return Description.createTestDescription(
                backend, testName(method), method.getAnnotations());
    }
}
