package orchestrator.engine.core;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;

/** Every field of a run's state as text, those too that are added later. */
final class Dump {
    private static final Set<Class<?>> LEFT_OUT =
            Set.of(Graph.class, Step.class, Applier.class, StepOutputs.class);

    private final StringBuilder text = new StringBuilder();

    private Dump() {}

    static String of(RunState run) {
        Dump dump = new Dump();
        dump.fields(run, "");
        return dump.text.toString();
    }

    private void fields(Object object, String indent) {
        Field[] fields = object.getClass().getDeclaredFields();
        Arrays.sort(fields, (a, b) -> a.getName().compareTo(b.getName()));
        for (Field field : fields) {
            if (Modifier.isStatic(field.getModifiers()) || LEFT_OUT.contains(field.getType())) {
                continue;
            }
            field.setAccessible(true);
            try {
                value(indent + field.getName(), field.get(object), indent);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void value(String name, Object value, String indent) {
        if (value instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                value(name + "[" + i + "]", array[i], indent);
            }
        } else if (value instanceof StepState
                || value instanceof Cell
                || value instanceof Waits
                || value instanceof Notes
                || value instanceof Hold
                || value instanceof Work
                || value instanceof Delays) {
            text.append(name).append(":\n");
            fields(value, indent + "  ");
        } else {
            text.append(name).append(" = ").append(value).append('\n');
        }
    }
}
