package orchestrator.shell;

import orchestrator.api.run.StartOptions;
import orchestrator.shell.input.Words;
import org.apache.karaf.shell.api.action.Option;

/** What the commands that start runs have in common. */
abstract class StartAction extends WaitingAction {
    @Option(
            name = "--key",
            description =
                    "Start key: the same key and input give the same run, however often it is started")
    private String key;

    @Option(
            name = "--priority",
            description =
                    "What is begun first where there is no room for all; by default what the workflow says, or 0")
    private String priority;

    @Option(name = "--timeout", description = "The longest time that the run may take, such as 30m")
    private String timeout;

    @Option(
            name = "--concurrency",
            description = "How many attempts and items the run may have in flight at once")
    private String concurrency;

    @Override
    final String before(String run) {
        return "Run " + run + " was started with this key before.";
    }

    /** How the run is started. */
    final StartOptions options() {
        StartOptions options = StartOptions.none();
        options = key == null ? options : options.startKey(key);
        options =
                priority == null
                        ? options
                        : options.priority(
                                (int)
                                        Words.number(
                                                "--priority",
                                                priority,
                                                Integer.MIN_VALUE,
                                                Integer.MAX_VALUE));
        options = timeout == null ? options : options.timeout(Words.duration("--timeout", timeout));
        return concurrency == null
                ? options
                : options.maxConcurrency(
                        (int) Words.number("--concurrency", concurrency, 1, 100_000));
    }
}
