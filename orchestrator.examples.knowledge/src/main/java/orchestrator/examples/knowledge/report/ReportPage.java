package orchestrator.examples.knowledge.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.document.Validator;

/** A report as one HTML page that needs nothing else: no style sheet, script, font or picture from elsewhere. */
final class ReportPage {
    private final Report report;
    private final Html html = new Html();

    private ReportPage(Report report) {
        this.report = report;
    }

    /** The page. */
    static String of(Report report) {
        return new ReportPage(report).page();
    }

    private String page() {
        html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        head();
        html.open("body");
        header();
        html.open("main");
        path();
        new DocumentSections(html, report.rows()).write();
        html.close();
        html.element("footer", "Run %s · %s".formatted(report.runId(), report.written()));
        html.own("script", resource("report.js"));
        html.close().close();
        return html.page();
    }

    private void head() {
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        // Even if an escape were forgotten, the page could load and send nothing.
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        html.element("title", "Knowledge report");
        html.own("style", resource("report.css"));
        html.close();
    }

    private void header() {
        Counts counts = report.counts();
        html.open("header");
        html.element("h1", "Knowledge report");
        html.element("p", report.contentPath(), "class", "source");
        html.open("dl", "class", "counts");
        count("documents", counts.documents(), "");
        count("valid", counts.valid(), counts.valid() == counts.documents() ? "good" : "bad");
        count("mean score", String.format(Locale.ROOT, "%.2f", counts.score()), "");
        count("errors", counts.errors(), counts.errors() == 0 ? "good" : "bad");
        count("warnings", counts.warnings(), counts.warnings() == 0 ? "good" : "fair");
        count("in the index", counts.indexed(), "");
        count("summaries", counts.summaries(), "");
        count("words", counts.words(), "");
        html.close().close();
    }

    private void count(String name, long value, String style) {
        count(name, String.format(Locale.ROOT, "%,d", value), style);
    }

    private void count(String name, String value, String style) {
        html.open("div", "class", style);
        html.element("dt", name).element("dd", value);
        html.close();
    }

    private void path() {
        List<Tree> order = report.order().objects("order");
        html.open("section", "id", "order");
        html.element("h2", "Learning order");
        if (order.isEmpty()) {
            html.element("p", "There is no valid document to order.");
            html.close();
            return;
        }
        Drawing drawing = new Drawing(order);
        html.element("p", explained(order.size(), drawing.implied()), "class", "note");
        html.open("p", "class", "legend");
        Validator.DIFFICULTIES.forEach(d -> html.element("span", d, "class", "badge " + d));
        html.close();
        html.open("div", "class", "drawing", "tabindex", "0");
        drawing.write(html);
        html.close();
        html.open("details");
        html.element("summary", "The same as a list");
        html.open("ol");
        for (Tree place : order) {
            html.open("li");
            html.element("a", place.text("title"), "href", "#" + Anchors.of(place.text("path")));
            html.text(" ");
            String difficulty = place.text("difficulty");
            html.element("span", difficulty, "class", "badge " + Anchors.difficulty(difficulty));
            html.close();
        }
        html.close().close().close();
    }

    private String explained(int units, int implied) {
        StringBuilder text =
                new StringBuilder(
                        "Read from left to right: each unit stands after its prerequisites.");
        if (implied > 0) {
            text.append(
                    " %d prerequisites that follow from others are not drawn.".formatted(implied));
        }
        Counts counts = report.counts();
        if (counts.missing() > 0) {
            text.append(
                    " %d lead to units that are not among the documents."
                            .formatted(counts.missing()));
        }
        if (counts.cycles() > 0) {
            text.append(" %d cycles had to be opened.".formatted(counts.cycles()));
        }
        if (units > Drawing.MOST_UNITS) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            " The first %d of %,d units are drawn.",
                            Drawing.MOST_UNITS,
                            units));
        }
        return text.toString();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
