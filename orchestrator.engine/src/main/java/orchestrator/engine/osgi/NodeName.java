package orchestrator.engine.osgi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.osgi.framework.BundleContext;

/** This node's id, kept in a file beside the store, so that a restarted process supersedes its former self at once. */
final class NodeName {
    private NodeName() {}

    static String of(Settings settings, BundleContext context) throws IOException {
        if (!settings.nodeId().isEmpty()) {
            return settings.nodeId();
        }
        Path file = directory(context).resolve("node.id");
        if (Files.isRegularFile(file)) {
            String kept = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        String made = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
        Files.createDirectories(file.getParent());
        Files.writeString(file, made + "\n", StandardCharsets.UTF_8);
        return made;
    }

    private static Path directory(BundleContext context) {
        String store = context.getProperty("orchestrator.store");
        if (store != null) {
            return Path.of(store);
        }
        String karaf = context.getProperty("karaf.base");
        return karaf != null ? Path.of(karaf, "store") : context.getDataFile("").toPath();
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.length() > 60 ? name.substring(0, 60) : name;
        } catch (IOException e) {
            return "node";
        }
    }
}
