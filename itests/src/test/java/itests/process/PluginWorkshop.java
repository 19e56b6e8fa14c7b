package itests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * Where a plugin author works: a folder, a shell, and a local repository to which the artifacts of this build were
 * installed. The repository of whoever runs the test gets none of them: this one is a folder of links to its groups, so that
 * what the build has fetched is there and what is fetched besides is kept, with a group {@code orchestrator} of its own.
 * It ends what it started.
 */
final class PluginWorkshop extends ExternalResource {
    private static final String GROUP = "orchestrator";
    private static final String VERSION = "1.0.0-SNAPSHOT";
    private static final long SECONDS = 300;
    private static final List<String> MODULES =
            List.of(
                    "orchestrator.api",
                    "orchestrator.engine",
                    "orchestrator.definitions",
                    "orchestrator.testkit",
                    "orchestrator.archetype");

    private static final List<String> OF_FEATURES =
            List.of(
                    "orchestrator.shell",
                    "orchestrator.state.jdbc",
                    "orchestrator.state.memory",
                    "orchestrator.tasks.http",
                    "orchestrator.tasks.files",
                    "orchestrator.examples.knowledge");

    private final Path folder;
    private final Path repository;
    private final Path out;

    /**
     * @param name of its folder below {@code target/process}
     */
    PluginWorkshop(String name) {
        folder = Path.of("target", "process", name).toAbsolutePath();
        repository = folder.resolve("repository");
        out = folder.resolve("out.log");
    }

    @Override
    protected void before() throws IOException {
        KarafProcess.delete(folder);
        Files.createDirectories(repository);
        linkGroups();
        install(GROUP, Path.of("../pom.xml"));
        for (String module : MODULES) {
            installModule(module);
        }
    }

    private void installModule(String module) throws IOException {
        install(module, Path.of("..", module, "pom.xml"));
        String jar = "%s-%s.jar".formatted(module, VERSION);
        Files.copy(Path.of("..", module, "target", jar), place(module).resolve(jar));
    }

    /** Installs what features consist of too. */
    void installFeatures() throws IOException {
        install("features", Path.of("../features/pom.xml"));
        Path target = place("features");
        Path source = Path.of("../features");
        Files.copy(
                source.resolve("target/feature/feature.xml"),
                target.resolve("features-%s-features.xml".formatted(VERSION)));
        for (String name :
                List.of("engine", "state.jdbc", "state.memory", "tasks.http", "tasks.files")) {
            installConfiguration(
                    source.resolve("src/main/cfg/orchestrator.%s.cfg".formatted(name)),
                    name.replace("state.", "").replace('.', '-'));
        }
        for (String scope : List.of("workflow", "run", "task", "orchestrator")) {
            installConfiguration(
                    Path.of("../orchestrator.shell/src/main/acl")
                            .resolve("org.apache.karaf.command.acl.%s.cfg".formatted(scope)),
                    "acl-" + scope);
        }
        for (String module : OF_FEATURES) {
            installModule(module);
        }
    }

    private void installConfiguration(Path file, String classifier) throws IOException {
        Files.copy(
                file,
                place("features").resolve("features-%s-%s.cfg".formatted(VERSION, classifier)));
    }

    Path folder() {
        return folder;
    }

    /**
     * Does what a guide says, in one shell that ends at the first command that fails.
     *
     * @param karaf what the guide calls {@code KARAF}
     * @throws AssertionError if a command fails or all together take longer than 5 minutes; the message ends with the output
     */
    void shell(String commands, Path karaf) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile());
        builder.environment().put("KARAF", karaf.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("MAVEN_OPTS", "-Dmaven.repo.local=" + repository, this::both);
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(
                        "Expected the commands of the guide to succeed within %d s, but found:%n%s"
                                .formatted(SECONDS, Files.readString(out)));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What the last commands have printed. */
    String output() throws IOException {
        return Files.readString(out);
    }

    private String both(String theirs, String ours) {
        return theirs + " " + ours;
    }

    private void linkGroups() throws IOException {
        Path theirs = Path.of(System.getProperty("org.ops4j.pax.url.mvn.localRepository"));
        try (Stream<Path> groups = Files.list(theirs)) {
            for (Path group : groups.filter(Files::isDirectory).toList()) {
                if (!group.endsWith(GROUP)) {
                    Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
                }
            }
        }
    }

    private void install(String artifact, Path pom) throws IOException {
        Files.createDirectories(place(artifact));
        Files.copy(pom, place(artifact).resolve("%s-%s.pom".formatted(artifact, VERSION)));
    }

    private Path place(String artifact) {
        return repository.resolve(GROUP).resolve(artifact).resolve(VERSION);
    }
}
