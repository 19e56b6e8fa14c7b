package orchestrator.examples.knowledge.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges one document by itself: its shape, types and ids. Whether its prerequisites exist can only be said of all
 * documents together. Whatever is wrong with a file is a finding, never an exception. Thread safe.
 */
public final class Validator {
    /** The levels of difficulty, easiest first. */
    public static final List<String> DIFFICULTIES =
            List.of("beginner", "intermediate", "advanced", "expert");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final int MOST_FINDINGS = 50;
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_PREREQUISITES = 200;

    private final long maxBytes;

    /**
     * @param maxBytes the largest file that is read
     */
    public Validator(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Judges one file.
     *
     * @param folder the content folder
     * @param path the file, relative to the folder
     */
    public Unit validate(Path folder, String path) {
        try {
            return new Check(path, KnowledgeDocument.read(folder.resolve(path), maxBytes)).unit();
        } catch (BrokenDocument e) {
            return Unit.broken(path, e.finding(path));
        }
    }

    /** The judgement of one document. Confined to one call. */
    private static final class Check {
        private final String path;
        private final KnowledgeDocument document;
        private final Tree fields;
        private final List<Finding> findings = new ArrayList<>();
        private final Score score = new Score();
        private final int words;

        Check(String path, KnowledgeDocument document) {
            this.path = path;
            this.document = document;
            this.fields = document.fields();
            this.words = document.passages().stream().mapToInt(p -> Words.count(p.text())).sum();
        }

        Unit unit() {
            for (JsonTree.Duplicate twice : document.json().duplicates()) {
                add(
                        true,
                        twice.field(),
                        twice.place(),
                        "Expected each field once, but found this one again");
            }
            checkMissing(true);
            checkMissing(false);
            Rule.ALL.forEach(this::check);
            ((Map<?, ?>) document.json().root()).keySet().forEach(this::checkKnown);
            if (findings.isEmpty()) {
                score.nothingFound();
            }
            return Unit.of(path, fields, words, score.value(), findings);
        }

        /** One finding for all missing fields, as a file of another kind has none of them. */
        private void checkMissing(boolean required) {
            List<String> missing =
                    Rule.ALL.stream()
                            .filter(rule -> rule.required() == required && rule.weight() > 0)
                            .map(Rule::field)
                            .filter(field -> !fields.has(field))
                            .toList();
            if (!missing.isEmpty()) {
                add(
                        required,
                        "",
                        (missing.size() == 1
                                        ? "Expected the field %s, but found none"
                                        : "Expected the fields %s, but found none of them")
                                .formatted(String.join(", ", missing)));
            }
        }

        private void check(Rule rule) {
            String field = rule.field();
            if (!fields.has(field)) {
                return;
            }
            Object value = fields.value(field);
            if (!rule.shape().fits(value)) {
                addWrongType(rule, value);
            } else if (isRight(field)) {
                score.fulfilled(rule, fields, words);
            }
        }

        private void addWrongType(Rule rule, Object value) {
            String expected = "Expected " + rule.shape().words() + ", but found ";
            if (rule.shape() == Shape.TEXTS && value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    if (!Shape.TEXT.fits(list.get(i))) {
                        String found = "in it " + Shape.nameOf(list.get(i));
                        add(true, rule.field() + "/" + i, expected + found);
                    }
                }
            } else {
                add(true, rule.field(), expected + Shape.nameOf(value));
            }
        }

        /** What is asked of a field beyond its type. */
        private boolean isRight(String field) {
            int before = findings.size();
            switch (field) {
                case "id" -> checkId("id", fields.text("id"));
                case "title" -> checkTitle();
                case "difficulty" -> checkDifficulty();
                case "prerequisites" -> checkPrerequisites();
                default -> {}
            }
            return findings.size() == before;
        }

        private void checkId(String field, String id) {
            if (!ID.matcher(id).matches()) {
                add(
                        true,
                        field,
                        "Expected an id of letters, digits and '._-', but found '%s'"
                                .formatted(id));
            }
        }

        private void checkTitle() {
            int length = fields.text("title").length();
            if (length > LONGEST_TITLE) {
                add(
                        true,
                        "title",
                        "Expected at most %d characters, but found %,d"
                                .formatted(LONGEST_TITLE, length));
            }
        }

        private void checkDifficulty() {
            String difficulty = fields.text("difficulty");
            if (!DIFFICULTIES.contains(difficulty)) {
                add(
                        true,
                        "difficulty",
                        "Expected one of %s, but found '%s'"
                                .formatted(String.join(", ", DIFFICULTIES), difficulty));
            }
        }

        private void checkPrerequisites() {
            List<String> ids = fields.texts("prerequisites");
            if (ids.size() > MOST_PREREQUISITES) {
                add(
                        true,
                        "prerequisites",
                        "Expected at most %d, but found %,d"
                                .formatted(MOST_PREREQUISITES, ids.size()));
                return;
            }
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < ids.size(); i++) {
                checkId("prerequisites/" + i, ids.get(i));
                if (!seen.add(ids.get(i))) {
                    add(
                            false,
                            "prerequisites/" + i,
                            "Expected each id once, but found '%s' again".formatted(ids.get(i)));
                }
            }
        }

        private void checkKnown(Object field) {
            String name = String.valueOf(field);
            if (!Rule.isKnown(name)) {
                add(
                        false,
                        name,
                        "Expected only the fields of a knowledge unit, but found '%s'"
                                .formatted(name));
            }
        }

        private void add(boolean error, String field, String reason) {
            add(error, field, document.json().place(field), reason);
        }

        private void add(boolean error, String field, JsonTree.Place at, String reason) {
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(error, path, at.line(), at.column(), field, reason));
            } else if (error && findings.stream().noneMatch(Finding::error)) {
                // A crowd of warnings must not hide that the document is not valid.
                findings.set(
                        MOST_FINDINGS - 1,
                        new Finding(true, path, at.line(), at.column(), field, reason));
            }
        }
    }
}
