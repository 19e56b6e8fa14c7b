package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into short lines; what does not fit ends in an ellipsis. */
final class Lines {
    private Lines() {}

    static List<String> of(String text, int width, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        boolean cut = lines.size() > most;
        List<String> shown = new ArrayList<>(cut ? lines.subList(0, most) : lines);
        if (cut) {
            shown.set(most - 1, shown.get(most - 1) + "…");
        }
        shown.replaceAll(l -> l.length() > width + 1 ? cut(l, width) : l);
        return shown;
    }

    /** Never cuts a character in two. */
    private static String cut(String line, int width) {
        int end = Character.isHighSurrogate(line.charAt(width - 1)) ? width - 1 : width;
        return line.substring(0, end) + "…";
    }
}
