package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.document.Unit;

/**
 * Puts the outputs of the steps together, document by document. The lists are in the order of {@code documents}; the
 * place of an item that failed holds {@code {"error": {"code", "message"}}}, which becomes a finding.
 */
final class RowReader {
    private final Tree input;
    private final Map<String, List<String>> fromOrder = new HashMap<>();

    /**
     * @param input {@code documents, validated, indexed, summaries} and {@code learning_order}
     */
    RowReader(Tree input) {
        this.input = input;
        readOrder(input.object("learning_order"));
    }

    List<Row> rows() {
        List<Tree> documents = input.objects("documents");
        List<Tree> validated = input.objects("validated");
        List<Tree> indexed = input.objects("indexed");
        List<Tree> summaries = input.objects("summaries");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            rows.add(
                    row(
                            documents.get(i).text("path"),
                            at(validated, i),
                            at(indexed, i),
                            at(summaries, i)));
        }
        return rows;
    }

    private Row row(String path, Tree validated, Tree indexed, Tree summary) {
        Unit unit =
                validated.has("path")
                        ? Unit.from(validated)
                        : Unit.broken(
                                path, finding(true, path, "Not validated: " + why(validated)));
        List<Finding> findings = new ArrayList<>(unit.findings());
        if (indexed.has("error")) {
            findings.add(finding(false, path, "Not indexed: " + why(indexed)));
        }
        if (summary.has("error")) {
            findings.add(finding(false, path, "Not summarized: " + why(summary)));
        }
        for (String reason : fromOrder.getOrDefault(path, List.of())) {
            findings.add(new Finding(false, path, 0, 0, "prerequisites", reason));
        }
        return new Row(unit, findings, indexed.flag("indexed"), summary.texts("summary"));
    }

    private void readOrder(Tree order) {
        for (Tree missing : order.objects("missing")) {
            add(
                    missing.text("path"),
                    "Expected the prerequisite '%s' among the documents, but %s"
                            .formatted(missing.text("prerequisite"), missing.text("reason")));
        }
        for (Tree duplicate : order.objects("duplicates")) {
            List<String> paths = duplicate.texts("paths");
            for (String path : paths) {
                String others =
                        String.join(", ", paths.stream().filter(p -> !p.equals(path)).toList());
                add(
                        path,
                        "Expected an id of its own, but '%s' is also the id of %s"
                                .formatted(duplicate.text("id"), others));
            }
        }
        Map<String, String> paths = new HashMap<>();
        order.objects("order").forEach(place -> paths.put(place.text("id"), place.text("path")));
        for (Object cycle : order.list("cycles")) {
            if (cycle instanceof List<?> ids && !ids.isEmpty()) {
                String way = String.join(" → ", ids.stream().map(String::valueOf).toList());
                ids.stream()
                        .distinct()
                        .forEach(
                                id ->
                                        add(
                                                paths.get(String.valueOf(id)),
                                                "Expected no cycle of prerequisites, but found "
                                                        + way));
            }
        }
    }

    private void add(String path, String reason) {
        fromOrder.computeIfAbsent(path, p -> new ArrayList<>()).add(reason);
    }

    private static Tree at(List<Tree> list, int i) {
        return i < list.size() ? list.get(i) : new Tree(null);
    }

    private static String why(Tree item) {
        String message = item.object("error").text("message");
        return message.isEmpty() ? "the step gave no result" : message;
    }

    private static Finding finding(boolean error, String path, String reason) {
        return new Finding(error, path, 0, 0, "", reason);
    }
}
