package orchestrator.testkit;

import java.util.List;
import org.junit.runner.Runner;
import org.junit.runners.Suite;
import org.junit.runners.model.InitializationError;

/** Runs the topics of a contract on the stores that one of its subclasses makes. */
public final class ContractSuite extends Suite {

    /** For JUnit. */
    public ContractSuite(Class<?> type) throws InitializationError {
        super(type, topics(type));
    }

    private static List<Runner> topics(Class<?> type) throws InitializationError {
        try {
            StateBackendContract contract =
                    type.asSubclass(StateBackendContract.class)
                            .getDeclaredConstructor()
                            .newInstance();
            return TopicRunner.all(type, contract);
        } catch (ReflectiveOperationException e) {
            throw new InitializationError(
                    new IllegalArgumentException(
                            "Expected a public class with a public constructor without"
                                    + " parameters, but found "
                                    + type,
                            e));
        }
    }
}
