package benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the command line says: {@code --name=value}. */
final class Options {
    private static final Set<String> KNOWN =
            Set.of(
                    "stores",
                    "shapes",
                    "rounds",
                    "millis",
                    "warmup",
                    "syncs",
                    "writers",
                    "only",
                    "recovery",
                    "stored",
                    "folder",
                    "server",
                    "latency");

    private final Map<String, String> given = new LinkedHashMap<>();

    Options(String... args) {
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (parts.length != 2 || !KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "Expected --name=value with one of %s, but found %s".formatted(KNOWN, arg));
            }
            given.put(name, parts[1]);
        }
    }

    /** {@code memory}, {@code embedded}, or both. */
    List<String> stores() {
        return list("stores", "memory,embedded");
    }

    /** Numbers of runs in flight, and {@code fanout}; or {@code none}. */
    List<Shape> shapes() {
        return list("shapes", "1,64,1024,fanout").stream()
                .filter(text -> !text.equals("none"))
                .map(
                        text ->
                                text.equals("fanout")
                                        ? Shape.fanOut(1000)
                                        : Shape.steps(Integer.parseInt(text)))
                .toList();
    }

    int rounds() {
        return Integer.parseInt(given.getOrDefault("rounds", "5"));
    }

    /** The length of a round. */
    long nanos() {
        return 1_000_000L * Long.parseLong(given.getOrDefault("millis", "1500"));
    }

    /** The length of the warm-up of each contender with each shape. */
    long warmUpNanos() {
        return 1_000_000L * Long.parseLong(given.getOrDefault("warmup", "1500"));
    }

    /** The length of the first warm-up of each contender: for so long the compiler is seen at work on an engine's code. */
    long longWarmUpNanos() {
        return 10 * warmUpNanos();
    }

    /** How many writers the engine has. */
    int writers(int otherwise) {
        return given.containsKey("writers") ? Integer.parseInt(given.get("writers")) : otherwise;
    }

    /** Whether sync calls are counted. */
    boolean syncs() {
        return Boolean.parseBoolean(given.getOrDefault("syncs", "true"));
    }

    /** How many runs are in flight when their process is killed; 0 leaves it out. */
    int recovery() {
        return Integer.parseInt(given.getOrDefault("recovery", "1000"));
    }

    /** How many finished runs are stored before a part of the measurements; 0 leaves it out. */
    int stored() {
        return Integer.parseInt(given.getOrDefault("stored", "0"));
    }

    /** By how many milliseconds answers are delayed where one node is compared with two; 0 leaves it out. */
    int latency() {
        return Integer.parseInt(given.getOrDefault("latency", "5"));
    }

    /** More settings of the server: {@code name:value}. */
    Map<String, String> server() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting :
                given.containsKey("server") ? list("server", "") : List.<String>of()) {
            String[] parts = setting.split(":", 2);
            settings.put(parts[0], parts[1]);
        }
        return settings;
    }

    /** Where the stores lie; the speed of that disk is a part of what is measured. */
    Path folder() {
        return Path.of(given.getOrDefault("folder", "target"));
    }

    /** The short names of the contenders on PostgreSQL; empty for all. */
    List<String> only() {
        return given.containsKey("only") ? list("only", "") : List.of();
    }

    private List<String> list(String name, String otherwise) {
        return Arrays.asList(given.getOrDefault(name, otherwise).split(","));
    }
}
