package orchestrator.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

/** The page of all commands, as their annotations tell them. */
final class CommandsPage {
    private static final String TOP =
            """
            # All commands

            Written from the code by `CommandsPageTest`; whatever is changed here by hand is lost. What the commands are for
            tells [the console](shell.md).
            """;

    private CommandsPage() {}

    static String of(List<Class<?>> types) {
        StringBuilder page = new StringBuilder(TOP);
        types.stream()
                .filter(type -> type.isAnnotationPresent(Command.class))
                .sorted(Comparator.comparing(CommandsPage::name))
                .forEach(type -> command(page, type));
        return page.toString();
    }

    private static String name(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        return command.scope() + ":" + command.name();
    }

    private static void command(StringBuilder page, Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        List<Field> arguments = fields(type, Argument.class);
        arguments.removeIf(f -> f.getAnnotation(Argument.class).name().equals("options"));
        arguments.sort(Comparator.comparingInt(f -> f.getAnnotation(Argument.class).index()));
        List<Field> options = fields(type, Option.class);
        options.sort(Comparator.comparing(f -> f.getAnnotation(Option.class).name()));
        page.append("\n## ").append(name(type)).append("\n\n");
        page.append(command.description()).append(".\n\n| word | what |\n| --- | --- |\n");
        arguments.forEach(field -> argument(page, field.getAnnotation(Argument.class)));
        options.forEach(field -> option(page, field.getAnnotation(Option.class)));
        page.append("\n```\n").append(command.detailedDescription().strip()).append("\n```\n");
    }

    private static void argument(StringBuilder page, Argument argument) {
        String word = argument.name() + (argument.multiValued() ? "…" : "");
        row(page, argument.required() ? word : "[" + word + "]", argument.description());
    }

    private static void option(StringBuilder page, Option option) {
        List<String> names = new ArrayList<>(List.of(option.name()));
        names.addAll(List.of(option.aliases()));
        row(page, String.join(", ", names), option.description());
    }

    private static void row(StringBuilder page, String word, String what) {
        page.append("| `%s` | %s |\n".formatted(word, what.replace("|", "\\|")));
    }

    private static List<Field> fields(
            Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.isAnnotationPresent(annotation)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
