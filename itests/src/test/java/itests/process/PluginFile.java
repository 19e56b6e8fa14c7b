package itests.process;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;

/** A bundle made of the compiled classes of one package of the tests. */
final class PluginFile {
    /** What a plugin imports as a rule. */
    static final String IMPORTS = "org.osgi.framework,orchestrator.api;version=\"[1,2)\"";

    private PluginFile() {}

    /**
     * Writes the bundle {@code NAME-VERSION.jar}.
     *
     * @param activator all classes of its package are taken in
     */
    static Path write(
            Path folder, String name, String version, Class<? extends BundleActivator> activator)
            throws IOException {
        return write(folder, name, version, activator, Map.of("Import-Package", IMPORTS));
    }

    /**
     * The same.
     *
     * @param headers of the manifest, beside those that every bundle has
     */
    static Path write(
            Path folder,
            String name,
            String version,
            Class<? extends BundleActivator> activator,
            Map<String, String> headers)
            throws IOException {
        return write(folder, name, version, activator, headers, Map.of());
    }

    /**
     * The same.
     *
     * @param texts further files, by their paths in the bundle
     */
    static Path write(
            Path folder,
            String name,
            String version,
            Class<? extends BundleActivator> activator,
            Map<String, String> headers,
            Map<String, String> texts)
            throws IOException {
        Path jar = folder.resolve(name + "-" + version + ".jar");
        Manifest manifest = manifest(name, version, activator);
        headers.forEach(manifest.getMainAttributes()::putValue);
        String directory = activator.getPackageName().replace('.', '/') + "/";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Path compiled : classes(activator)) {
                out.putNextEntry(new ZipEntry(directory + compiled.getFileName()));
                Files.copy(compiled, out);
                out.closeEntry();
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                out.putNextEntry(new ZipEntry(text.getKey()));
                out.write(text.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Manifest manifest(String name, String version, Class<?> activator) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-Activator", activator.getName());
        headers.putValue(
                "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version>=17))\"");
        return manifest;
    }

    private static List<Path> classes(Class<?> activator) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(location(activator)))) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    private static URI location(Class<?> activator) {
        try {
            return activator.getResource("").toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
