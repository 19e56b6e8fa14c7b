package orchestrator.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that another bundle can see of the exported packages, as sorted text. */
final class Signatures {
    private static final List<String> ROLES = List.of("ConsumerType", "ProviderType");

    private final Path classes;

    Signatures() throws URISyntaxException {
        classes = Path.of(Task.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : exported()) {
            text.append(header(type)).append('\n');
            new TreeSet<>(members(type)).forEach(m -> text.append("    ").append(m).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    /** Public types of packages that say they are exported; that annotation is not kept for run time. */
    private List<Class<?>> exported() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                Path packageInfo = file.resolveSibling("package-info.class");
                if (Files.exists(packageInfo) && mentions(packageInfo, "bundle/Export")) {
                    Class<?> type = load(file);
                    if (isVisible(type)) {
                        types.add(type);
                    }
                }
            }
            return types;
        }
    }

    private Class<?> load(Path file) {
        String path = classes.relativize(file).toString();
        String name = path.substring(0, path.length() - ".class".length());
        try {
            return Class.forName(
                    name.replace(file.getFileSystem().getSeparator(), "."),
                    false,
                    Task.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return !type.isSynthetic()
                && !type.isAnonymousClass()
                && isVisible(type.getModifiers())
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private String header(Class<?> type) throws IOException {
        List<String> words = new ArrayList<>();
        Path file = classes.resolve(type.getName().replace('.', '/') + ".class");
        for (String role : ROLES) {
            if (mentions(file, "versioning/" + role)) {
                words.add("@" + role);
            }
        }
        int implied = type.isInterface() ? Modifier.ABSTRACT | Modifier.INTERFACE : 0;
        implied |= type.isEnum() || type.isRecord() ? Modifier.FINAL : 0;
        words.add(modifiers(type.getModifiers() & ~Modifier.STATIC & ~implied).strip());
        if (type.isSealed()) {
            words.add("sealed");
        }
        words.add(kind(type));
        words.add(type.getName() + parameters(type.getTypeParameters()) + components(type));
        Type parent = type.getGenericSuperclass();
        if (parent != null && !type.isEnum() && !type.isRecord() && parent != Object.class) {
            words.add("extends " + parent.getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            words.add(
                    (type.isInterface() ? "extends " : "implements ")
                            + names(type.getGenericInterfaces()));
        }
        return String.join(" ", words);
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        } else if (type.isInterface()) {
            return "interface";
        } else if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static String components(Class<?> type) {
        if (!type.isRecord()) {
            return "";
        }
        return Arrays.stream(type.getRecordComponents())
                .map(Signatures::component)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(field(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add(executable(constructor, "", "new"));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
                members.add(method(method));
            }
        }
        return members;
    }

    private static String field(Field field) {
        if (field.isEnumConstant()) {
            return "enum constant " + field.getName();
        }
        return modifiers(field.getModifiers())
                + field.getGenericType().getTypeName()
                + " "
                + field.getName();
    }

    private static String method(Method method) {
        String type = method.getGenericReturnType().getTypeName() + " ";
        String text = executable(method, type, method.getName());
        if (method.isDefault()) {
            text = "default " + text;
        }
        Object value = method.getDefaultValue();
        return value == null ? text : text + " default " + shown(value);
    }

    private static String shown(Object value) {
        return value.getClass().isArray()
                ? Arrays.deepToString((Object[]) value)
                : value.toString();
    }

    private static String executable(Executable executable, String type, String name) {
        String arguments =
                Arrays.stream(executable.getParameters())
                        .map(Signatures::argument)
                        .collect(Collectors.joining(", ", "(", ")"));
        String typeParameters = parameters(executable.getTypeParameters());
        String thrown =
                executable.getExceptionTypes().length == 0
                        ? ""
                        : " throws " + names(executable.getGenericExceptionTypes());
        return modifiers(executable.getModifiers())
                + (typeParameters.isEmpty() ? "" : typeParameters + " ")
                + type
                + name
                + arguments
                + thrown;
    }

    private static String argument(Parameter parameter) {
        String type = parameter.getParameterizedType().getTypeName();
        return parameter.isVarArgs() ? type.substring(0, type.length() - 2) + "..." : type;
    }

    private static String modifiers(int modifiers) {
        int seen =
                modifiers
                        & (Modifier.PUBLIC
                                | Modifier.PROTECTED
                                | Modifier.STATIC
                                | Modifier.FINAL
                                | Modifier.ABSTRACT);
        return Modifier.toString(seen) + " ";
    }

    private static String parameters(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Arrays.stream(variables)
                .map(Signatures::bounded)
                .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounded(TypeVariable<?> variable) {
        String bounds = names(variable.getBounds()).replace(", ", " & ");
        return bounds.equals("java.lang.Object")
                ? variable.getName()
                : variable.getName() + " extends " + bounds;
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    /** Whether a class file names an annotation that is not kept for run time. */
    private static boolean mentions(Path classFile, String text) throws IOException {
        return new String(Files.readAllBytes(classFile), StandardCharsets.ISO_8859_1)
                .contains("org/osgi/annotation/" + text + ";");
    }
}
