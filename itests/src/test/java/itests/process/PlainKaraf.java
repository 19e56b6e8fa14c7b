package itests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Apache Karaf as it is published, cut off from every Maven repository, and what it consists of at a moment. */
final class PlainKaraf {
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[\\w.-]+");

    private final KarafProcess karaf;

    PlainKaraf(KarafProcess karaf) {
        this.karaf = karaf;
    }

    /**
     * What a Karaf consists of.
     *
     * @param bundles symbolic names with versions
     * @param features the installed ones
     * @param repositories of features
     * @param files below its home, but for logs, locks and the framework's own cache
     */
    record Content(
            Set<String> bundles,
            Set<String> features,
            Set<String> repositories,
            Set<String> files) {
        /** What is here and is not there. */
        Content without(Content there) {
            return new Content(
                    minus(bundles, there.bundles),
                    minus(features, there.features),
                    minus(repositories, there.repositories),
                    minus(files, there.files));
        }

        private static Set<String> minus(Set<String> here, Set<String> there) {
            Set<String> rest = new TreeSet<>(here);
            rest.removeAll(there);
            return rest;
        }
    }

    /** Gives it its one user, and takes every Maven repository away from it, also the local one. */
    void prepare() throws IOException {
        Path home = karaf.home();
        Files.writeString(
                home.resolve("etc/users.properties"),
                "\nkaraf = of-no-use,_g_:admingroup\n_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n",
                StandardOpenOption.APPEND);
        Path empty = Files.createDirectories(karaf.folder().resolve("no-repository"));
        Path cfg = home.resolve("etc/org.ops4j.pax.url.mvn.cfg");
        String repositories =
                Pattern.compile(
                                "(?m)^(org\\.ops4j\\.pax\\.url\\.mvn\\.repositories=)(.*\\\\\\R)*.*$")
                        .matcher(Files.readString(cfg))
                        .replaceFirst("$1");
        Files.writeString(
                cfg,
                repositories
                        + Matcher.quoteReplacement(
                                "\norg.ops4j.pax.url.mvn.localRepository=%s\n".formatted(empty)));
    }

    Content content() {
        return new Content(
                lines("bundle:list -t 0 -s --no-format | grep -v START | grep -v Level"),
                lines("feature:list -i --no-format"),
                lines("feature:repo-list --no-format"),
                files());
    }

    /** What Maven artifacts it has fetched: none, as long as it has all it needs. */
    Set<String> fetched() {
        return files(karaf.folder().resolve("no-repository"));
    }

    private Set<String> files() {
        return files(karaf.home()).stream()
                .filter(
                        file ->
                                !file.startsWith("data/cache/")
                                        && !file.startsWith("data/log/")
                                        && !file.startsWith("data/tmp/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first words of a table that name something, without the bundles' numbers, which change. */
    private Set<String> lines(String command) {
        return karaf.client(command)
                .succeeded()
                .lines()
                .map(String::strip)
                .map(line -> line.replaceFirst("^\\d+\\s+", ""))
                .filter(line -> SYMBOLIC_NAME.matcher(line).lookingAt())
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
