package orchestrator.api;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The committed signatures are those of the code. Who changes the API on purpose runs {@code mvn -pl orchestrator.api
 * test -Dtest=ApiTest -Dapi.update=true} and commits {@code api.txt} with the change.
 */
public class ApiTest {
    private static final Path FILE = Path.of("api.txt");

    @Test
    public void theApiIsTheCommittedOne() throws IOException, URISyntaxException {
        String actual = new Signatures().text();
        if (Boolean.getBoolean("api.update")) {
            Files.writeString(FILE, actual);
        }
        String committed = Files.exists(FILE) ? Files.readString(FILE) : "";
        assertEquals(
                "The exported API is not what orchestrator.api/api.txt holds. If the change is meant, run\n"
                        + "    mvn -pl orchestrator.api test -Dtest=ApiTest -Dapi.update=true\n"
                        + "and commit the file.\n"
                        + difference(committed, actual),
                committed,
                actual);
    }

    @Test
    public void theSignaturesHoldWhatCounts() throws IOException, URISyntaxException {
        List<String> lines = new Signatures().text().lines().map(String::strip).toList();
        for (String line :
                List.of(
                        "@ConsumerType public interface orchestrator.api.Task",
                        "@ProviderType public interface orchestrator.api.TaskContext",
                        "public abstract java.lang.Object execute(orchestrator.api.TaskContext) throws java.lang.Exception",
                        "public abstract <T> java.util.Optional<T> output(java.lang.String, java.lang.Class<T>)",
                        "public abstract orchestrator.api.WorkflowBuilder requireInput(java.lang.String...)",
                        "public enum orchestrator.api.FailedItems",
                        "enum constant STOP",
                        "public @interface orchestrator.api.TaskName",
                        "public static final orchestrator.api.SourceMap NONE",
                        "public record orchestrator.api.definition.Problem(java.util.List<java.lang.Object> path, java.lang.String message, java.lang.String place)")) {
            assertTrue(line, lines.stream().anyMatch(found -> found.startsWith(line)));
        }
        assertTrue(lines.stream().noneMatch(line -> line.contains("DocumentReader")));
        assertTrue(lines.stream().noneMatch(line -> line.contains("ApiTest")));
    }

    private static String difference(String committed, String actual) {
        List<String> before = committed.lines().toList();
        List<String> after = actual.lines().toList();
        return Stream.concat(
                        before.stream().filter(l -> !after.contains(l)).map(l -> "- " + l),
                        after.stream().filter(l -> !before.contains(l)).map(l -> "+ " + l))
                .reduce("", (text, line) -> text + line + "\n");
    }
}
