package itests.simulation;

import static org.junit.Assert.assertNotNull;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Simulations find bugs: each of these, planted into the engine, within a number of simulations. */
@RunWith(Parameterized.class)
public class MutationsTest {
    private final Mutation mutation;

    public MutationsTest(Mutation mutation) {
        this.mutation = mutation;
    }

    @Parameters(name = "{0}")
    public static List<Mutation> mutations() {
        return Mutations.ALL;
    }

    @Test
    public void isFound() throws Exception {
        String found = search(mutation);
        assertNotNull(
                "Expected '%s' to be found within %d simulations"
                        .formatted(mutation, mutation.within()),
                found);
    }

    /** The seed and kind of the first failure, or null. */
    static String search(Mutation mutation) throws Exception {
        return search(mutation, MutatedRun.class);
    }

    /** What somebody finds that looks for the bug in as many simulations as it has. */
    @SuppressWarnings("unchecked")
    static String search(Mutation mutation, Class<? extends LongFunction<String>> by)
            throws Exception {
        Class<?> type = new PatchedClasses(mutation).loadClass(by.getName());
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((LongFunction<String>) constructor.newInstance()).apply(mutation.within());
    }

    /** Says of each how soon it is found. */
    public static void main(String[] args) throws Exception {
        java.io.PrintStream out = System.out;
        for (Mutation mutation : Mutations.ALL) {
            if (args.length == 0 || mutation.name().contains(args[0])) {
                long began = System.nanoTime();
                Mutation longer =
                        new Mutation(
                                mutation.name(),
                                mutation.type(),
                                mutation.text(),
                                mutation.replacement(),
                                Integer.getInteger("within", 3000));
                out.printf(
                        "%-60s %s %.1f s%n",
                        mutation, search(longer), (System.nanoTime() - began) / 1e9);
            }
        }
    }
}
