package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.document.Unit;

/**
 * Puts the results together, document by document. The results are in the order of {@code documents}; the
 * place of an item that failed holds {@code {"error": {"code", "message"}}}, which becomes a finding.
 */
final class RowReader {
    private final Tree input;
    private final Map<String, List<String>> fromOrder = new HashMap<>();

    /**
     * @param input {@code documents, processed} and {@code learning_order}
     */
    RowReader(Tree input) {
        this.input = input;
        readOrder(input.object("learning_order"));
    }

    List<Row> rows() {
        List<Tree> documents = input.objects("documents");
        List<Tree> processed = input.objects("processed");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            Tree result = i < processed.size() ? processed.get(i) : new Tree(null);
            rows.add(row(documents.get(i).text("path"), result));
        }
        return rows;
    }

    private Row row(String path, Tree processed) {
        Tree validated = processed.object("validated");
        Unit unit =
                validated.has("path")
                        ? Unit.from(validated)
                        : Unit.broken(path, failed(path, processed));
        List<Finding> findings = new ArrayList<>(unit.findings());
        for (String reason : fromOrder.getOrDefault(path, List.of())) {
            findings.add(new Finding(false, path, 0, 0, "prerequisites", reason));
        }
        return new Row(
                unit,
                findings,
                processed.object("indexed").flag("indexed"),
                processed.object("summarized").texts("summary"));
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

    private static Finding failed(String path, Tree processed) {
        String message = processed.object("error").text("message");
        String why = message.isEmpty() ? "there is no result" : message;
        return new Finding(true, path, 0, 0, "", "Not processed: " + why);
    }
}
