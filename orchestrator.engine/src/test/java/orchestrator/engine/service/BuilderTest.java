package orchestrator.engine.service;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.FailedItems;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.engine.graph.Json;
import org.junit.Test;

public class BuilderTest {
    private static Builder abc(boolean sequential) {
        Builder builder =
                new Builder(
                        "w", "1.10", Arrangement.of(sequential ? "sequential" : "parallel"), null);
        builder.addTask("a", "t").addTask("b", "t").addTask("c", "t");
        return builder;
    }

    @Test
    public void stepsFollowEachOtherUnlessTheyAreParallelOrSaySo() {
        WorkflowDocument chain = abc(true).build();
        assertEquals(List.of("a"), chain.after("b"));
        assertEquals(List.of("b"), chain.after("c"));
        assertEquals(List.of(), abc(false).build().after("c"));
        Builder own = abc(true);
        own.step("c").after("a");
        assertEquals(List.of("a"), own.build().after("c"));
        Builder set = abc(true);
        set.setDependencies(Map.of("a", List.of("c")));
        assertEquals(List.of("c"), set.build().after("a"));
        assertEquals(List.of(), set.build().after("b"));
    }

    @Test
    public void aStepOfABatchGoesOverWhatTheOneBeforeHasMade() {
        Builder builder = new Builder("w", "1", Arrangement.of("batch"), null);
        builder.addTask("a", "t").addTask("b", "t").addTask("c", "t");
        builder.step("c").forEach("input.others").input("x", "${item}");
        Map<?, ?> steps = steps(builder);
        assertEquals(
                Map.of("task", "t", "forEach", "input.items", "input", Map.of("item", "${item}")),
                steps.get("a"));
        assertEquals("a", ((Map<?, ?>) steps.get("b")).get("forEach"));
        assertEquals("input.others", ((Map<?, ?>) steps.get("c")).get("forEach"));
        assertEquals(Map.of("x", "${item}"), ((Map<?, ?>) steps.get("c")).get("input"));
    }

    @Test
    public void aStepComesAfterTheConditionsThatItNames() {
        Builder builder =
                new Builder("w", "1", Arrangement.conditional(Set.of("large", "urgent")), null);
        builder.addTask("large", "t").addTask("urgent", "t");
        builder.step("a").task("t").when("large && !urgent");
        builder.step("b").task("t").when("input.large and enlarged != 'urgent'").after("a");
        builder.step("c").task("t").when("urgent");
        builder.setDependencies(Map.of("b", List.of("a"), "c", List.of("a")));
        WorkflowDocument document = builder.build();
        assertEquals(Set.of("large", "urgent"), Set.copyOf(document.after("a")));
        assertEquals(List.of("a"), document.after("b"));
        assertEquals(Set.of("a", "urgent"), Set.copyOf(document.after("c")));
        assertEquals(List.of(), document.after("large"));
    }

    @Test
    public void signalsThatWouldBeOneStepAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Arrangement.event(List.of("order.paid", "order-paid")));
        Builder same = new Builder("w", "1", Arrangement.event(List.of("paid", "paid")), null);
        same.addTask("send", "t");
        assertEquals(List.of("paid"), same.build().after("send"));
    }

    @Test
    public void stepsFollowTheSignals() {
        Builder builder =
                new Builder("w", "1", Arrangement.event(List.of("Order.paid", "packed")), null);
        builder.addTask("send", "t").addTask("tell", "t");
        WorkflowDocument document = builder.build();
        assertEquals(List.of("order_paid", "packed"), document.after("send"));
        assertEquals(List.of("send"), document.after("tell"));
        builder.addTask("packed", "t");
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    public void anUnknownTypeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Arrangement.of("conditional"));
    }

    private static Map<?, ?> steps(Builder builder) {
        return (Map<?, ?>) ((Map<?, ?>) Json.read(builder.build().bytes())).get("steps");
    }

    @Test
    public void dependenciesOfStepsThatAreNotThereAreRefused() {
        Builder of = abc(false);
        of.setDependencies(Map.of("x", List.of("a")));
        assertThrows(IllegalArgumentException.class, of::build);
        Builder on = abc(false);
        on.setDependencies(Map.of("a", List.of("x")));
        assertThrows(InvalidWorkflowException.class, on::build);
        Builder cycle = abc(false);
        cycle.setDependencies(Map.of("a", List.of("b"), "b", List.of("a")));
        assertThrows(InvalidWorkflowException.class, cycle::build);
    }

    @Test
    public void aBuilderWritesTheDocumentThatAFileWouldHold() {
        Builder builder = new Builder("w", "1.10");
        builder.description("d").requireInput("x").timeout(Duration.ofMinutes(90)).priority(-4);
        builder.step("a")
                .task("t")
                .input("k", "${input.x}")
                .retry(3, Duration.ofSeconds(5))
                .backoff(2, Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(30));
        builder.step("b")
                .task("t")
                .after("a")
                .forEach("a.items")
                .concurrency(5)
                .failedItems(FailedItems.CONTINUE);
        Map<String, Object> file =
                Map.of(
                        "workflow",
                        "w",
                        "version",
                        "1.10",
                        "description",
                        "d",
                        "input",
                        Map.of("required", List.of("x")),
                        "timeout",
                        "1h30m",
                        "priority",
                        -4.0,
                        "steps",
                        Map.of(
                                "a",
                                Map.of(
                                        "task",
                                        "t",
                                        "input",
                                        Map.of("k", "${input.x}"),
                                        "retry",
                                        Map.of(
                                                "attempts",
                                                3,
                                                "delay",
                                                "5s",
                                                "backoff",
                                                2,
                                                "maxDelay",
                                                "1m"),
                                        "timeout",
                                        "30s"),
                                "b",
                                Map.of(
                                        "task", "t",
                                        "after", "a",
                                        "forEach", "a.items",
                                        "concurrency", 5,
                                        "failedItems", "continue")));
        WorkflowDocument document = WorkflowDocument.of(file, SourceMap.NONE);
        assertEquals(document.hash(), builder.build().hash());
    }

    @Test
    public void functionsAreTasksOfTheWorkflow() {
        Builder builder = new Builder("w", "1");
        builder.addTask("f", c -> 1);
        assertTrue(builder.functions().containsKey("w/f"));
        assertEquals("w/f", builder.build().steps().get("f").get("task"));
    }
}
