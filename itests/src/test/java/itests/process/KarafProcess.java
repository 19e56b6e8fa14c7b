package itests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * The distribution as its users have it: unpacked from the archive, started by its own script as a process of its own,
 * spoken to through {@code bin/client} and {@code deploy/}. As a rule it ends what it started, whatever the test did.
 */
final class KarafProcess extends ExternalResource {
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Path folder;
    private final Path home;
    private final Path archive;
    private final Thread atExit = new Thread(this::killHard, "end of Karaf");
    private Process process;
    private long started;
    private int port;

    /**
     * @param name of its folder below {@code target/process}
     */
    KarafProcess(String name) {
        this(name, Path.of(System.getProperty("distribution", "")));
    }

    /**
     * @param name of its folder below {@code target/process}
     * @param archive of another Karaf than the distribution
     */
    KarafProcess(String name, Path archive) {
        this.archive = archive;
        folder = Path.of("target", "process", name).toAbsolutePath();
        home = folder.resolve("karaf");
    }

    @Override
    protected void before() throws IOException, InterruptedException {
        unpack();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    void unpack() throws IOException, InterruptedException {
        delete(folder);
        Files.createDirectories(home);
        Files.createDirectories(clients());
        run("tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1");
    }

    @Override
    protected void after() {
        killHard();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Where the test may put its own files; Karaf lies below it. */
    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    /** Of the console over SSH. */
    int port() {
        return port;
    }

    private Path clients() {
        return folder.resolve("clients");
    }

    /**
     * Makes it a node of several on one PostgreSQL, from its next start on.
     *
     * @param url of the database, to which anybody may log in
     */
    void join(String url, String node, Duration lease) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "of no use\n");
        configure(
                "orchestrator.state.jdbc",
                "url = %s%nuser = postgres%npassword = file:%s%n".formatted(url, password));
        configure(
                "orchestrator.engine",
                "node.id = %s%nnode.lease = %d%n".formatted(node, lease.toSeconds()));
    }

    /** Puts a configuration into {@code etc/}, in place of what is there. */
    void configure(String pid, String properties) throws IOException {
        Files.writeString(home.resolve("etc").resolve(pid + ".cfg"), properties);
    }

    /**
     * Starts it, and waits for nothing.
     *
     * @param arguments of {@code bin/karaf}
     */
    void start(String... arguments) {
        try {
            choosePort();
            ProcessBuilder builder = script("karaf");
            builder.command().add("daemon");
            builder.command().addAll(List.of(arguments));
            builder.redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(folder.resolve("karaf.out").toFile()));
            started = System.nanoTime();
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Since the process was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Waits until the engine answers. */
    void awaitReady() {
        awaitClient("workflow:list", "workflow:list to answer");
    }

    /** Waits until a command succeeds. */
    void awaitClient(String command, String what) {
        Patience.until(what + " at port " + port, this::listens, this::endOfLog);
        Patience.until(what, () -> client(command).exitCode() == 0, this::endOfLog);
    }

    /** Does the commands one after the other, up to the first that fails. */
    ClientCall.Outcome client(String... commands) {
        return beginClient(commands).end();
    }

    ClientCall beginClient(String... commands) {
        expectAlive();
        ProcessBuilder builder = script("client");
        builder.command().add("-b");
        // It lives for a second: no time to optimise.
        builder.environment().put("EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return ClientCall.begin(builder, clients(), commands);
    }

    /** Drops a file into {@code deploy/}, where it appears whole. */
    void deploy(Path file) {
        deploy(file, String.valueOf(file.getFileName()));
    }

    /** Drops a text file into {@code deploy/}. */
    void deploy(String name, String content) {
        try {
            deploy(Files.writeString(folder.resolve("deploying.text"), content), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void undeploy(String name) {
        try {
            Files.delete(home.resolve("deploy").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, as it comes from outside; returns when the process has gone. */
    void killHard() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
            process = null;
        }
    }

    /** All objects that are alive in it, into a file that is not there yet. */
    void dumpHeap(Path file) throws IOException, InterruptedException {
        run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                file.toString());
    }

    /** SIGTERM, and the wait for the orderly end that follows. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "Expected Karaf to end within %s of SIGTERM, but it runs".formatted(STOP));
        }
        process = null;
    }

    /** SIGTERM, or SIGKILL if that does not help. */
    void stopOrKill() {
        if (process == null) {
            return;
        }
        try {
            stop();
        } catch (AssertionError e) {
            killHard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            killHard();
        }
    }

    /** Its log since it was unpacked or cleaned. */
    String log() {
        try {
            Path log = home.resolve("data/log/karaf.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a failed test shows of it. */
    String endOfLog() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** Drops a file into {@code deploy/} under another name. */
    void deploy(Path file, String name) {
        try {
            Path copy = Files.createTempFile(folder, "deploying", "");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    copy,
                    home.resolve("deploy").resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expectAlive() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("Expected Karaf to run, but it has ended:\n" + endOfLog());
        }
    }

    private boolean listens() {
        expectAlive();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One that nobody uses at this moment. */
    private void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path cfg = home.resolve("etc/org.apache.karaf.shell.cfg");
        Files.writeString(
                cfg, Files.readString(cfg).replaceAll("(?m)^sshPort *=.*$", "sshPort = " + port));
    }

    /** The scripts see the JDK of the test, and no settings of whoever started it. */
    private ProcessBuilder script(String name) {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin").resolve(name).toString());
        builder.environment()
                .keySet()
                .removeIf(key -> key.contains("KARAF") || key.contains("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.directory(folder.toFile());
        return builder;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IOException(
                    "Expected %s to succeed, but found exit code %d"
                            .formatted(String.join(" ", command), exitCode));
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
