package itests.heap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;

/** The class loaders in a heap dump that loaded a class of one name, and what keeps each of them alive. */
public final class ClassLoaders {
    private static final int LONGEST_PATH = 200;

    private final List<String> paths = new ArrayList<>();
    private int unreachable;

    /**
     * @param type the name of the class
     */
    public ClassLoaders(Path dump, String type) throws IOException {
        Heap heap = HeapFactory.createHeap(dump.toFile());
        Collection<?> classes = heap.getJavaClassesByRegExp(Pattern.quote(type));
        for (Object found : classes) {
            Instance loader = ((JavaClass) found).getClassLoader();
            if (loader.isGCRoot() || loader.getNearestGCRootPointer() != null) {
                paths.add(path(heap, loader));
            } else {
                unreachable++;
            }
        }
    }

    /** Prints the paths, one loader after the other. Arguments: the dump, and the name of the class. */
    public static void main(String[] args) throws IOException {
        new ClassLoaders(Path.of(args[0]), args[1]).paths().forEach(System.out::println);
    }

    /** Of each loader that a garbage collector may not take: from it to a root, one object a line. */
    public List<String> paths() {
        return paths;
    }

    /** How many loaders are only weakly or softly reachable. */
    public int unreachable() {
        return unreachable;
    }

    private static String path(Heap heap, Instance loader) {
        StringBuilder path = new StringBuilder();
        Instance at = loader;
        for (int i = 0; i < LONGEST_PATH && at != null; i++) {
            path.append(path.isEmpty() ? "" : "\n  kept by ").append(at.getJavaClass().getName());
            path.append('#').append(at.getInstanceNumber());
            if (at.isGCRoot()) {
                return path.append(" (")
                        .append(heap.getGCRoot(at).getKind())
                        .append(')')
                        .toString();
            }
            at = at.getNearestGCRootPointer();
        }
        return path.toString();
    }
}
