package itests.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of knowledge units, most of which cannot be used. */
final class BrokenDocuments {
    static final Set<String> BROKEN =
            Set.of("no_json.json", "wrong_types.json", "empty.json", "large.json", "folder.json");

    private static final long FIFTY_MEGABYTES = 50L * 1024 * 1024;

    private BrokenDocuments() {}

    /**
     * Writes the broken documents beside the good ones of the plugin's own content.
     *
     * @return the paths of the good ones, relative to the folder
     */
    static List<String> write(Path folder, Path content) throws IOException {
        Files.createDirectories(folder);
        List<String> good;
        try (Stream<Path> files = Files.list(content)) {
            good = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        for (String name : good) {
            Files.copy(content.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("no_json.json"), "{\n  \"id\": \"x\",\n  oops\n}\n");
        Files.writeString(
                folder.resolve("wrong_types.json"),
                "{\"id\": [1], \"title\": {}, \"prerequisites\": 7, \"content\": true}");
        Files.writeString(folder.resolve("empty.json"), "");
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large.json").toFile(), "rw")) {
            file.setLength(FIFTY_MEGABYTES);
        }
        Files.createDirectories(folder.resolve("folder.json"));
        return good;
    }
}
