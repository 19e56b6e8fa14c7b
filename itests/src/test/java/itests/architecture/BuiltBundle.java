package itests.architecture;

import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A bundle of this project as it was built, seen through its manifest. */
final class BuiltBundle {
    private final String folder;
    private final Domain manifest;

    private BuiltBundle(String folder, Domain manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Every bundle of the reactor: the folders named orchestrator.* that have a POM. */
    static List<BuiltBundle> all(Path project) {
        try (Stream<Path> folders = Files.list(project)) {
            return folders.filter(BuiltBundle::isBundle).sorted().map(BuiltBundle::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBundle(Path folder) {
        return folder.getFileName().toString().startsWith("orchestrator.")
                && Files.isRegularFile(folder.resolve("pom.xml"))
                && Files.isRegularFile(folder.resolve("bnd.bnd"));
    }

    private static BuiltBundle read(Path folder) {
        String name = folder.getFileName().toString();
        try (Stream<Path> jars = Files.list(folder.resolve("target"))) {
            List<Path> built =
                    jars.filter(jar -> isMainJar(name, jar.getFileName().toString())).toList();
            if (built.size() != 1) {
                throw new IllegalStateException(
                        "Expected one built jar of " + name + ", but found " + built);
            }
            return new BuiltBundle(name, Domain.domain(built.get(0).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMainJar(String name, String jar) {
        return jar.matches(name.replace(".", "\\.") + "-\\d[\\d.]*(-SNAPSHOT)?\\.jar");
    }

    /** The folder, which has to be the artifact and the symbolic name too. */
    String folder() {
        return folder;
    }

    String symbolicName() {
        return manifest.getBundleSymbolicName().getKey();
    }

    String header(String name) {
        return manifest.get(name);
    }

    Parameters imports() {
        return manifest.getImportPackage();
    }

    Parameters requirements() {
        return manifest.getRequireCapability();
    }

    Parameters capabilities() {
        return manifest.getProvideCapability();
    }

    Set<String> exports() {
        return new TreeSet<>(manifest.getExportPackage().keyList());
    }

    /** The names of our packages among the imports. */
    Set<String> ownImports() {
        Set<String> own = new TreeSet<>(imports().keyList());
        own.removeIf(name -> !name.startsWith("orchestrator."));
        return own;
    }

    @Override
    public String toString() {
        return folder;
    }
}
