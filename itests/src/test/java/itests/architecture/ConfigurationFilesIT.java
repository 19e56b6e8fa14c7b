package itests.architecture;

import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The configuration files that are shipped: they name the keys that the bundles read, with the defaults in force. */
public class ConfigurationFilesIT {
    private static final Pattern KEY = Pattern.compile("(?m)^# ([a-z.]+) =(.*)$");

    @Test
    public void theEngine() throws Exception {
        assertEquals(read("orchestrator.engine"), named("orchestrator.engine"));
    }

    @Test
    public void theStoreInADatabase() throws Exception {
        assertEquals(read("orchestrator.state.jdbc"), named("orchestrator.state.jdbc"));
    }

    @Test
    public void theStoreInMemory() throws Exception {
        Map<String, String> named = named("orchestrator.state.memory");
        assertEquals("memory", named.remove("state.name")); // a key of the engine, to choose it
        assertEquals(read("orchestrator.state.memory"), named);
    }

    private static Map<String, String> named(String bundle) throws Exception {
        String text = Files.readString(Path.of("../features/src/main/cfg", bundle + ".cfg"));
        Map<String, String> named = new TreeMap<>();
        Matcher line = KEY.matcher(text);
        while (line.find()) {
            named.put(line.group(1), line.group(2).strip());
        }
        return named;
    }

    /** The keys with their defaults, as the metatype of the built bundle tells them. */
    private static Map<String, String> read(String bundle) throws Exception {
        Map<String, String> read = new TreeMap<>();
        Path folder = Path.of("..", bundle, "target/classes/OSGI-INF/metatype");
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.toList();
        }
        for (Path file : files) {
            try (InputStream xml = Files.newInputStream(file)) {
                NodeList keys =
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(xml)
                                .getElementsByTagName("AD");
                for (int i = 0; i < keys.getLength(); i++) {
                    Element key = (Element) keys.item(i);
                    read.put(key.getAttribute("id"), key.getAttribute("default"));
                }
            }
        }
        return read;
    }
}
