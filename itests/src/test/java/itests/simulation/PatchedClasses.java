package itests.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The engine's classes with one text of one source replaced, beside those of this class loader: engine, store and
 * simulation are loaded once more, so that a bug can be planted without a trace in what is shipped.
 */
final class PatchedClasses extends ClassLoader {
    private static final List<String> LOADED_ANEW =
            List.of("orchestrator.engine.", "orchestrator.state.memory.", "itests.simulation.");

    private final Map<String, byte[]> patched = new HashMap<>();

    /**
     * Compiles the changed source.
     *
     * @param mutation says what is changed
     */
    PatchedClasses(Mutation mutation) throws IOException {
        super(PatchedClasses.class.getClassLoader());
        compile(mutation.type(), mutation.applied());
    }

    private void compile(String type, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (JavaFileManager files =
                new InMemory(compiler.getStandardFileManager(null, null, null), patched)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-nowarn",
                            "--release",
                            "17",
                            "-classpath",
                            System.getProperty(
                                    "surefire.test.class.path",
                                    System.getProperty("java.class.path")));
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    options,
                                    null,
                                    List.of(new Source(type, source)))
                            .call();
            if (!compiled) {
                throw new IllegalArgumentException("Expected " + type + " to compile: " + messages);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (LOADED_ANEW.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = patched.get(name);
            if (bytes == null) {
                URL url = getParent().getResource(name.replace('.', '/') + ".class");
                if (url == null) {
                    throw new ClassNotFoundException(name);
                }
                try (var in = url.openStream()) {
                    bytes = in.readAllBytes();
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Where the source of a type of the engine or of the store in memory is. */
    static Path source(String type) {
        String module =
                type.startsWith("orchestrator.state.memory")
                        ? "orchestrator.state.memory"
                        : "orchestrator.engine";
        String file = module + "/src/main/java/" + type.replace('.', '/') + ".java";
        Path here = Path.of(file);
        return Files.exists(here) ? here : Path.of("..").resolve(file);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String type, String text) {
            super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classes;

        InMemory(JavaFileManager files, Map<String, byte[]> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
