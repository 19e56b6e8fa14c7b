package orchestrator.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import orchestrator.testkit.state.AppendContract;
import orchestrator.testkit.state.ClaimContract;
import orchestrator.testkit.state.CreateContract;
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
                    QueryContract.class,
                    ValueContract.class,
                    DeleteContract.class,
                    InspectionContract.class,
                    DurabilityContract.class);

    private final Class<?> backend;
    private final Callable<TestStore> stores;

    private TopicRunner(Class<?> backend, Class<?> topic, Callable<TestStore> stores)
            throws InitializationError {
        super(topic);
        this.backend = backend;
        this.stores = stores;
    }

    static List<Runner> all(Class<?> backend, Callable<TestStore> stores)
            throws InitializationError {
        List<Runner> runners = new ArrayList<>();
        for (Class<?> topic : TOPICS) {
            runners.add(new TopicRunner(backend, topic, stores));
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
        String topic = getTestClass().getJavaClass().getSimpleName().replace("Contract", "");
        return topic.toLowerCase(Locale.ROOT) + "_" + method.getName();
    }

    @Override
    protected Description describeChild(FrameworkMethod method) {
        return Description.createTestDescription(
                backend, testName(method), method.getAnnotations());
    }
}
