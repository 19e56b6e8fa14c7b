package itests.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import orchestrator.api.state.RunSummary;

/** What there is to know of runs that did not end: their rows, and what the threads of the nodes are at. */
final class Story {
    private static final List<String> TABLES =
            List.of("orc_run WHERE id", "orc_entry WHERE run", "orc_inbox WHERE run");

    private Story() {}

    /** The rows of the runs, and all nodes. The threads are written beside the nodes' logs. */
    static String of(List<RunSummary> runs, Cluster cluster, Path folder) {
        StringBuilder story = new StringBuilder();
        String ids =
                runs.stream()
                        .limit(5)
                        .map(s -> "'" + s.id() + "'")
                        .collect(Collectors.joining(",", "(", ")"));
        story.append("%d runs; damaged are %s%n".formatted(runs.size(), cluster.damaged()));
        try (Connection connection = cluster.server().connect()) {
            for (String table : TABLES) {
                rows(connection, "SELECT * FROM " + table + " IN " + ids, story);
            }
            rows(connection, "SELECT * FROM orc_lease", story);
            for (int i = 0; i < cluster.size(); i++) {
                threads(cluster.node(i), folder);
            }
        } catch (SQLException | IOException | InterruptedException e) {
            story.append(e);
        }
        return story.toString();
    }

    private static void rows(Connection connection, String sql, StringBuilder story)
            throws SQLException {
        story.append(sql).append('\n');
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    story.append(rows.getMetaData().getColumnLabel(i))
                            .append('=')
                            .append(rows.getString(i))
                            .append(' ');
                }
                story.append('\n');
            }
        }
    }

    private static void threads(NodeProcess node, Path folder)
            throws IOException, InterruptedException {
        if (node.isAlive()) {
            File file = folder.resolve(node.name() + ".threads").toFile();
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                            Long.toString(node.process().pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(file)
                    .start()
                    .waitFor();
        }
    }
}
