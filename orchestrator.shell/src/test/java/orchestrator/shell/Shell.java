package orchestrator.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.JLineTerminal;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.rules.ExternalResource;

/** Karaf's own shell with the commands of this bundle, inside the test. */
public final class Shell extends ExternalResource {
    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final Written out = new Written();

    // The shell holds its sessions weakly, and stumbles at its end over one that was collected.
    private final List<Session> sessions = new ArrayList<>();
    private SessionFactoryImpl factory;
    private volatile Thread late;

    /** Every class of the bundle that Karaf would find. */
    static final List<Class<?>> SERVICES =
            List.of(
                    ListWorkflows.class,
                    ShowWorkflow.class,
                    ShowGraph.class,
                    ValidateWorkflows.class,
                    StartWorkflow.class,
                    ListRuns.class,
                    ShowRun.class,
                    ShowHistory.class,
                    ShowLogs.class,
                    PauseRun.class,
                    SignalRun.class,
                    ResumeRun.class,
                    CancelRun.class,
                    RetryRun.class,
                    MigrateRun.class,
                    DebugRun.class,
                    CheckStore.class,
                    Doctor.class,
                    RepairStore.class,
                    CleanUpRuns.class,
                    ListNodes.class,
                    ListTasks.class,
                    StartTask.class,
                    StartTasks.class,
                    CountRuns.class,
                    ShowState.class,
                    SaveState.class,
                    NoteProgress.class,
                    TasksAndOptions.class,
                    Percents.class,
                    SignalNames.class,
                    WorkflowNames.class,
                    StartableWorkflows.class,
                    WorkflowVersions.class,
                    StepNames.class,
                    WorkflowInputs.class,
                    TaskNames.class,
                    RecentRuns.class,
                    ActiveRuns.class,
                    FailedRuns.class,
                    Statuses.class,
                    LabelWords.class,
                    GraphWords.class,
                    Formats.class,
                    WorkflowPaths.class,
                    OptionNames.class);

    private final Object[] services;

    /** A shell in a container where these services are. */
    public Shell(Object... services) {
        this.services = services;
    }

    @Override
    protected void before() {
        threadIo.start();
        factory = new SessionFactoryImpl(threadIo);
        Stream.of(services).forEach(factory::register);
        ManagerImpl manager = new ManagerImpl(factory, factory);
        SERVICES.forEach(manager::register);
    }

    /** The thread of a command that goes on after its console has its prompt back. */
    public void outlives(Thread command) {
        late = command;
    }

    @Override
    protected void after() {
        try {
            factory.stop();
            sessions.clear();
            awaitLate(); // at its end a command takes the streams of the process once more
        } finally {
            threadIo.stop();
        }
    }

    private void awaitLate() {
        try {
            if (late != null) {
                late.join(20_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A session of a connection that runs a command, as {@code bin/client} makes it. */
    public Session connection() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return kept(factory.create(new ByteArrayInputStream(new byte[0]), stream, stream));
    }

    /** A session on a terminal. */
    public Session terminal(int width) {
        try {
            PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
            DumbTerminal terminal =
                    new DumbTerminal("test", "xterm", in, out, StandardCharsets.UTF_8);
            terminal.setSize(new Size(width, 24));
            return kept(
                    factory.create(in, stream, stream, new JLineTerminal(terminal), "UTF-8", null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Session kept(Session session) {
        sessions.add(session);
        return session;
    }

    /** What the command writes to a connection. */
    public String run(String command) throws Exception {
        return run(connection(), command);
    }

    /** What the command writes. */
    public String run(Session session, String command) throws Exception {
        out.reset();
        session.execute(command);
        return written();
    }

    /** What has been written since the last command began. */
    public String written() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** Waits until the text has been written. */
    public void awaitWritten(String text) throws InterruptedException {
        out.await(text);
    }

    /** What can follow, when the cursor is at the end of these words. */
    public List<String> complete(String... words) {
        String[] name = words[0].split(":", 2);
        Command command = factory.getCommand(name[0], name[1]);
        List<Candidate> candidates = new ArrayList<>();
        command.getCompleter(false).completeCandidates(terminal(80), line(words), candidates);
        return candidates.stream().map(Candidate::value).sorted().toList();
    }

    private static CommandLine line(String... words) {
        String last = words[words.length - 1];
        String buffer = String.join(" ", words);
        return new CommandLine() {
            @Override
            public int getCursorArgumentIndex() {
                return words.length - 1;
            }

            @Override
            public String getCursorArgument() {
                return last;
            }

            @Override
            public int getArgumentPosition() {
                return last.length();
            }

            @Override
            public String[] getArguments() {
                return words.clone();
            }

            @Override
            public int getBufferPosition() {
                return buffer.length();
            }

            @Override
            public String getBuffer() {
                return buffer;
            }
        };
    }

    /** What was written, for threads that wait for it. */
    private static final class Written extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }

        @Override
        public synchronized void write(int b) {
            super.write(b);
            notifyAll();
        }

        synchronized void await(String text) throws InterruptedException {
            while (!toString(StandardCharsets.UTF_8).contains(text)) {
                wait();
            }
        }
    }
}
