package orchestrator.examples.knowledge.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Unit;

/**
 * Everything about one document of the report.
 *
 * @param unit what validation said of it
 * @param findings its findings, from all steps
 * @param indexed whether it is in the index
 * @param summary its summary, sentence by sentence
 */
record Row(Unit unit, List<Finding> findings, boolean indexed, List<String> summary) {
    Row {
        findings = List.copyOf(findings);
        summary = List.copyOf(summary);
    }

    /** What it is called on the page. */
    String name() {
        return unit.title().isBlank() ? unit.path() : unit.title();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>(unit.toMap());
        map.put("indexed", indexed);
        map.put("summary", summary);
        map.put("findings", findings.stream().map(Finding::toMap).toList());
        return map;
    }
}
