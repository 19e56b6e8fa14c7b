package itests.process;

import itests.process.probe.ProbeActivator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A plugin whose task bodies leave a trace in a file, made of the compiled classes of one package of the tests. */
final class ProbePlugin {
    private static final String PACKAGE = ProbeActivator.class.getPackageName();

    private ProbePlugin() {}

    /**
     * Writes the bundle.
     *
     * @param name its symbolic name; its tasks are {@code NAME.record} and {@code NAME.fail}
     */
    static Path write(Path folder, String name, String version) throws IOException {
        Path jar = folder.resolve(name + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest(name, version))) {
            for (Path compiled : classes()) {
                out.putNextEntry(
                        new ZipEntry(PACKAGE.replace('.', '/') + "/" + compiled.getFileName()));
                Files.copy(compiled, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Manifest manifest(String name, String version) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-Activator", ProbeActivator.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework,orchestrator.api;version=\"[1,2)\"");
        headers.putValue(
                "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version>=17))\"");
        return manifest;
    }

    private static List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(location()))) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    private static URI location() {
        try {
            return ProbeActivator.class.getResource("").toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
