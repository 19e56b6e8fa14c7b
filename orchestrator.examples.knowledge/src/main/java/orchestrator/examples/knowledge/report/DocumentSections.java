package orchestrator.examples.knowledge.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Unit;

/** The parts of the page that go through the documents: the findings, and a card for each. */
final class DocumentSections {
    private final Html html;
    private final List<Row> rows;
    private final Map<String, Row> byId = new TreeMap<>();

    DocumentSections(Html html, List<Row> rows) {
        this.html = html;
        this.rows = rows;
        rows.stream()
                .filter(row -> row.unit().valid())
                .forEach(row -> byId.putIfAbsent(row.unit().id(), row));
    }

    void write() {
        findings();
        html.open("section", "id", "documents");
        html.element("h2", "Documents");
        html.open("div", "class", "cards");
        rows.forEach(this::card);
        html.close().close();
    }

    private void findings() {
        html.open("section", "id", "findings");
        html.element("h2", "Findings");
        if (rows.stream().allMatch(row -> row.findings().isEmpty())) {
            html.element("p", "Nothing was found that is wrong.", "class", "note");
        } else {
            html.open("div", "class", "table").open("table").open("thead").open("tr");
            List.of("", "Place", "Field", "Reason").forEach(head -> html.element("th", head));
            html.close().close().open("tbody");
            // What makes a document not valid comes first.
            findings(true);
            findings(false);
            html.close().close().close();
        }
        html.close();
    }

    private void findings(boolean error) {
        for (Row row : rows) {
            for (Finding finding : row.findings()) {
                if (finding.error() == error) {
                    finding(finding);
                }
            }
        }
    }

    private void finding(Finding finding) {
        String severity = finding.error() ? "error" : "warning";
        html.open("tr", "class", severity);
        html.open("td").element("span", severity, "class", "badge " + severity).close();
        html.open("td", "class", "place");
        html.element("a", place(finding), "href", "#" + Anchors.of(finding.file()));
        html.close();
        html.element("td", finding.field(), "class", "field");
        html.element("td", finding.reason());
        html.close();
    }

    private static String place(Finding finding) {
        String line = finding.line() > 0 ? ":" + finding.line() : "";
        return finding.file() + line + (finding.column() > 0 ? ":" + finding.column() : "");
    }

    private void card(Row row) {
        Unit unit = row.unit();
        html.open(
                "article",
                "id",
                Anchors.of(unit.path()),
                "class",
                unit.valid() ? "valid" : "invalid");
        html.element("h3", row.name());
        html.element("p", unit.path(), "class", "path");
        facts(row);
        score(unit);
        if (!unit.description().isBlank()) {
            html.element("p", unit.description(), "class", "description");
        }
        if (!row.summary().isEmpty()) {
            html.element("p", String.join(" ", row.summary()), "class", "summary");
        }
        prerequisites(unit);
        html.close();
    }

    private void facts(Row row) {
        Unit unit = row.unit();
        html.open("p", "class", "facts");
        if (!unit.valid()) {
            html.element("span", "not valid", "class", "badge error");
        }
        if (!unit.difficulty().isEmpty()) {
            String style = "badge " + Anchors.difficulty(unit.difficulty());
            html.element("span", unit.difficulty(), "class", style);
        }
        if (!unit.contentType().isEmpty()) {
            html.element("span", unit.contentType(), "class", "badge");
        }
        html.element("span", String.format(Locale.ROOT, "%,d words", unit.words()));
        if (unit.valid() && !row.indexed()) {
            html.element("span", "not in the index");
        }
        int findings = row.findings().size();
        if (findings > 0) {
            html.element(
                    "a", findings == 1 ? "1 finding" : findings + " findings", "href", "#findings");
        }
        html.close();
    }

    private void score(Unit unit) {
        String score = String.format(Locale.ROOT, "%.2f", unit.score());
        String style = unit.score() >= 0.9 ? "good" : unit.score() >= 0.6 ? "fair" : "bad";
        html.open("p", "class", "score " + style);
        html.element("span", "score " + score);
        html.empty("progress", "max", "1", "value", score, "aria-label", "score");
        html.close();
    }

    private void prerequisites(Unit unit) {
        if (unit.prerequisites().isEmpty()) {
            return;
        }
        html.open("p", "class", "after");
        html.text("After ");
        for (String id : unit.prerequisites()) {
            Row before = byId.get(id);
            if (before == null) {
                html.element("span", id, "class", "missing", "title", "Not among the documents");
            } else {
                html.element("a", before.name(), "href", "#" + Anchors.of(before.unit().path()));
            }
        }
        html.close();
    }
}
