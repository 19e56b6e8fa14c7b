package orchestrator.state.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Strings as a database can keep them. U+0000 and unpaired surrogates, which PostgreSQL refuses, are escaped, and so is
 * the backslash itself; different strings stay different.
 */
public final class Text {
    private static final char SEPARATOR = '\n';

    private Text() {}

    /** The stored form; null stays null. */
    public static String stored(String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            if (mustEscape(text, i)) {
                out.append(String.format("\\%04x", (int) text.charAt(i)));
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    /** The string that was stored. */
    public static String read(String stored) {
        if (stored == null || stored.indexOf('\\') < 0) {
            return stored;
        }
        StringBuilder out = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (c == '\\') {
                out.append((char) Integer.parseInt(stored.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Strings as one, in a fixed order. */
    public static String storedAll(Collection<String> texts) {
        return String.join(
                String.valueOf(SEPARATOR), new TreeSet<>(texts).stream().map(Text::line).toList());
    }

    /** The strings that were stored as one. */
    public static List<String> readAll(String stored) {
        List<String> texts = new ArrayList<>();
        if (!stored.isEmpty()) {
            for (String line : stored.split(String.valueOf(SEPARATOR), -1)) {
                texts.add(unline(line));
            }
        }
        return texts;
    }

    /** Names and values as one string, in a fixed order. */
    public static String storedMap(Map<String, String> map) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(map)
                .forEach(
                        (name, value) -> {
                            lines.add(line(name));
                            lines.add(line(value));
                        });
        return String.join(String.valueOf(SEPARATOR), lines);
    }

    /** The names and values that were stored as one string. */
    public static Map<String, String> readMap(String stored) {
        List<String> lines = readAll(stored);
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < lines.size(); i += 2) {
            map.put(lines.get(i), lines.get(i + 1));
        }
        return map;
    }

    // A line begins with a mark, so that one empty string differs from none.
    private static String line(String text) {
        return "=" + stored(text).replace("\n", "\\000a");
    }

    private static String unline(String line) {
        return read(line.substring(1));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (mustEscape(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mustEscape(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == 0 || c == '\\';
    }
}
