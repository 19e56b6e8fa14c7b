package itests.simulation;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;

/** Every field of a run's state as text, those too that are added later. */
final class Dump {
    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();
    private static final Set<String> LEFT_OUT = Set.of("Applier", "StepOutputs", "StepChanges");

    private final StringBuilder text = new StringBuilder();

    private Dump() {}

    static String of(RunState state) {
        Dump dump = new Dump();
        dump.fields("", state);
        return dump.text.toString();
    }

    /** Whether two are the same in every field; told without texts, which take long. */
    static boolean isSame(Object left, Object right) {
        if (left == right || Objects.equals(left, right)) {
            return true;
        } else if (left == null || right == null || left.getClass() != right.getClass()) {
            return false;
        } else if (left.getClass().isArray()) {
            boolean same = Array.getLength(left) == Array.getLength(right);
            for (int i = 0; same && i < Array.getLength(left); i++) {
                same = isSame(Array.get(left, i), Array.get(right, i));
            }
            return same;
        } else if (left instanceof Collection<?> all) {
            return areSame(all, (Collection<?>) right);
        } else if (left instanceof Map<?, ?> map) {
            Map<?, ?> other = (Map<?, ?>) right;
            return map.size() == other.size()
                    && map.entrySet().stream()
                            .allMatch(e -> isSame(e.getValue(), other.get(e.getKey())));
        }
        return isOfState(List.of(left)) && !isText(left) && haveSameFields(left, right);
    }

    private static boolean areSame(Collection<?> left, Collection<?> right) {
        boolean same = left.size() == right.size();
        Iterator<?> others = right.iterator();
        for (Iterator<?> all = left.iterator(); same && all.hasNext(); ) {
            same = isSame(all.next(), others.next());
        }
        return same;
    }

    private static boolean haveSameFields(Object left, Object right) {
        try {
            for (Field field : FIELDS.computeIfAbsent(left.getClass(), Dump::fieldsOf)) {
                if (!isSame(field.get(left), field.get(right))) {
                    return false;
                }
            }
            return true;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first line in which two differ, for people. */
    static String difference(String left, String right) {
        List<String> a = left.lines().toList();
        List<String> b = right.lines().toList();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String x = i < a.size() ? a.get(i) : "(nothing)";
            String y = i < b.size() ? b.get(i) : "(nothing)";
            if (!x.equals(y)) {
                return x + "  |  " + y;
            }
        }
        return "none";
    }

    private void fields(String path, Object object) {
        for (Field field : FIELDS.computeIfAbsent(object.getClass(), Dump::fieldsOf)) {
            try {
                value(path + "." + field.getName(), field.get(object));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            boolean isDefinition = field.getType() == Graph.class || field.getType() == Step.class;
            if (!Modifier.isStatic(field.getModifiers())
                    && !isDefinition
                    && !LEFT_OUT.contains(field.getType().getSimpleName())) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        fields.sort(Comparator.comparing(Field::getName));
        return fields;
    }

    private void value(String path, Object value) {
        if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                value(path + "[" + i + "]", Array.get(value, i));
            }
        } else if (value instanceof Collection<?> all && isOfState(all)) {
            int i = 0;
            for (Object each : all) {
                value(path + "[" + i++ + "]", each);
            }
        } else if (value != null && isOfState(List.of(value)) && !isText(value)) {
            fields(path, value);
        } else {
            text.append(path).append(" = ").append(value).append('\n');
        }
    }

    private static boolean isText(Object value) {
        return value.getClass().isRecord() || value instanceof Enum<?>;
    }

    private static boolean isOfState(Collection<?> values) {
        return values.stream()
                .allMatch(
                        v ->
                                v != null
                                        && v.getClass()
                                                .getName()
                                                .startsWith("orchestrator.engine.core"));
    }
}
