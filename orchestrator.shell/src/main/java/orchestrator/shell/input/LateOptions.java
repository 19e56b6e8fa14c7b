package orchestrator.shell.input;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;

/**
 * Takes options from among the words that follow a command's arguments. Karaf reads options only before the first
 * argument; people write them at the end as well. Options are texts, lists of texts or flags.
 */
public final class LateOptions {
    private final Action action;
    private final Map<String, Field> options = new TreeMap<>();

    private LateOptions(Action action) {
        this.action = action;
        for (Class<?> type = action.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null) {
                    options.put(option.name(), field);
                    Arrays.stream(option.aliases()).forEach(alias -> options.put(alias, field));
                }
            }
        }
    }

    /**
     * Sets the fields of the options found.
     *
     * @return the words that are no options
     * @throws IllegalArgumentException for an unknown option or a missing value
     */
    public static List<String> take(Action action, List<String> words) {
        return new LateOptions(action).take(words.iterator());
    }

    private List<String> take(Iterator<String> words) {
        List<String> rest = new ArrayList<>();
        while (words.hasNext()) {
            String word = words.next();
            if (!word.startsWith("-")) {
                rest.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Field field = options.get(name);
            if (field == null) {
                throw new IllegalArgumentException(
                        "Expected one of the options %s, but found '%s'."
                                .formatted(String.join(", ", options.keySet()), word));
            }
            if (equals >= 0) {
                set(name, field, word.substring(equals + 1));
            } else if (field.getType() == boolean.class) {
                set(name, field, "true");
            } else if (words.hasNext()) {
                set(name, field, words.next());
            } else {
                throw new IllegalArgumentException(
                        "Expected a value after the option " + name + ", but found none.");
            }
        }
        return rest;
    }

    private void set(String name, Field field, String text) {
        try {
            field.setAccessible(true);
            if (field.getType() == boolean.class) {
                field.set(action, Boolean.valueOf(text));
            } else if (field.getType() == List.class) {
                List<Object> all = new ArrayList<>((List<?>) field.get(action));
                all.add(text);
                field.set(action, all);
            } else {
                field.set(action, text);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Expected to set the option " + name, e);
        }
    }
}
