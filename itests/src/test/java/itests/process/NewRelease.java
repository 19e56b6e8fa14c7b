package itests.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The platform as it is, under another version: what an owner of a running container has after a release that changes no
 * API. Its bundles and its feature repository lie in one folder.
 */
final class NewRelease {
    private final Path folder;
    private final Path system;
    private final String version;

    /**
     * @param karaf the one whose platform is taken
     */
    NewRelease(KarafProcess karaf, String version) throws IOException {
        this.system = karaf.home().resolve("system/orchestrator");
        this.folder = Files.createDirectories(karaf.folder().resolve("release-" + version));
        this.version = version;
    }

    /** Writes one of its bundles. */
    Path bundle(String name) throws IOException {
        Path file = folder.resolve(name + "-" + version + ".jar");
        try (JarFile old = new JarFile(only(system.resolve(name), ".jar").toFile())) {
            Manifest manifest = old.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream out = Files.newOutputStream(file);
                    JarOutputStream jar = new JarOutputStream(out, manifest)) {
                List<JarEntry> entries =
                        old.stream()
                                .filter(e -> !e.getName().equals(JarFile.MANIFEST_NAME))
                                .toList();
                for (JarEntry entry : entries) {
                    jar.putNextEntry(new JarEntry(entry.getName()));
                    old.getInputStream(entry).transferTo(jar);
                    jar.closeEntry();
                }
            }
        }
        return file;
    }

    /** Writes all of its bundles and its feature repository. */
    Path features() throws IOException {
        Path repository = only(system.resolve("features"), "features.xml");
        String old = repository.getParent().getFileName().toString();
        String text = Files.readString(repository);
        for (String name : bundles()) {
            String url = "mvn:orchestrator/%s/%s".formatted(name, old);
            text = text.replace(url + "<", bundle(name).toUri() + "<");
        }
        text = text.replace("version=\"%s\"".formatted(old), "version=\"%s\"".formatted(version));
        text = text.replace("name=\"orchestrator-" + old, "name=\"orchestrator-" + version);
        return Files.writeString(folder.resolve("features.xml"), text);
    }

    private List<String> bundles() throws IOException {
        try (Stream<Path> names = Files.list(system)) {
            return names.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.startsWith("orchestrator."))
                    .sorted()
                    .toList();
        }
    }

    private static Path only(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .reduce(
                            (a, b) -> {
                                throw new IllegalStateException(
                                        "Expected one *%s, but found %s and %s"
                                                .formatted(end, a, b));
                            })
                    .orElseThrow();
        }
    }
}
