package orchestrator.testkit.example;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;

/** The example of the guide is one that runs. */
public class ExampleInGuideTest {
    @Test
    public void theGuideShowsTheTestAsItIs() throws IOException {
        String guide = Files.readString(Path.of("../docs/writing-a-plugin.md"));
        String test =
                Files.readString(
                        Path.of("src/test/java/orchestrator/testkit/example/TrialTest.java"));
        String shown = test.substring(test.indexOf("import"));
        assertTrue("the guide shows TrialTest", guide.contains("```java\n" + shown + "```"));
    }
}
