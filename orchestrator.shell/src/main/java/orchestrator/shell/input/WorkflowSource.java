package orchestrator.shell.input;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a workflow file lies: a path, or a URL.
 *
 * @param typed as it was written
 * @param folder where relative paths begin
 */
public record WorkflowSource(String typed, Path folder) {
    private static final Pattern URL_BEGIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    private static final int TIMEOUT_MILLIS = 10_000;

    /** The file's own name, by which messages call it. */
    public String name() {
        String path = typed.replaceFirst("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if there is nothing to read
     */
    public InputStream open() {
        try {
            return URL_BEGIN.matcher(typed).matches() ? ofUrl() : ofFile();
        } catch (MalformedURLException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Expected the path or URL of a workflow file, but found '%s': %s."
                            .formatted(typed, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Expected a workflow file that can be read, but '%s' cannot: %s."
                            .formatted(typed, e),
                    e);
        }
    }

    private InputStream ofUrl() throws IOException {
        URLConnection connection = new URL(typed).openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection.getInputStream();
    }

    private InputStream ofFile() throws IOException {
        Path file = folder.resolve(typed);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "Expected a workflow file, but found %s at '%s'."
                            .formatted(
                                    Files.exists(file) ? "something else" : "none",
                                    file.toAbsolutePath().normalize()));
        }
        return Files.newInputStream(file);
    }
}
