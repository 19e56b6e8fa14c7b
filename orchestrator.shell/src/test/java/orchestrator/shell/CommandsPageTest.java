package orchestrator.shell;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** The page of all commands is what the code says; {@code -Dcommands.update=true} rewrites it. */
public class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    public void thePageIsWhatTheCodeSays() throws IOException {
        String expected = CommandsPage.of(List.copyOf(Shell.SERVICES));
        if (Boolean.getBoolean("commands.update")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(
                "docs/commands.md is rewritten by mvn verify -pl orchestrator.shell -am -Dcommands.update=true",
                expected,
                Files.readString(PAGE));
    }
}
