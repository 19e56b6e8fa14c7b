package orchestrator.engine.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.FailedItems;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
import orchestrator.engine.graph.Payload;

/** Writes the journals of a new release into the folder that is its argument; files that are there are not touched. */
final class RecordJournals {
    private RecordJournals() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, Story> story : stories().entrySet()) {
            Path file = folder.resolve(story.getKey() + ".jsonl");
            if (!Files.exists(file)) {
                Files.write(
                        file, JournalFixturesTest.lines(story.getValue()), StandardCharsets.UTF_8);
            }
        }
    }

    private static Map<String, Story> stories() {
        Map<String, Story> stories = new LinkedHashMap<>();
        stories.put("fan-out", fanOut());
        stories.put("retried-and-lost", retried());
        stories.put("failed", plain().fail("a", false));
        stories.put("cancelled", plain().tell(new Command.Cancel("enough")));
        stories.put("waiting", plain().tell(new Command.MissTask("a")));
        stories.put("paused", plain().pass(Duration.ofMinutes(1)).tell(new Command.Pause()));
        stories.put("with-children", parent());
        stories.put("rerun", rerun());
        stories.put("migrated", migrated());
        stories.put("skipped", skipped());
        stories.put("failing", failing());
        stories.put("undone", undone());
        stories.put(
                "repeated",
                Story.of(w -> w.step("a").task("t").repeat("a > 1", 5, Duration.ofMinutes(1)))
                        .complete("a", 1)
                        .pass(Duration.ofMinutes(1))
                        .fail("a", true)
                        .complete("a", 2));
        stories.put(
                "noted",
                plain().tell(
                                new Command.SaveState(
                                        Map.of("a", Payload.ofTree(List.of(1)), "b", Payload.NULL)))
                        .tell(new Command.NoteProgress(40, "half way")));
        stories.put(
                "child",
                Story.child(Map.of(), w -> w.step("a").task("t").forEach("[1]"))
                        .complete("a", 0, "x")
                        .tell(new Command.Close()));
        stories.put("waits", waits());
        stories.put("timed-out", timedOut());
        return stories;
    }

    private static Story rerun() {
        Story failed =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("each").task("t").after("a").forEach("[1, 2]");
                        });
        failed.complete("a", "x").complete("each", 1, "y").fail("each", 0, false);
        return failed.again().tell(new Command.Begin()).complete("each", 0, "z");
    }

    private static Story migrated() {
        Story story = plain().tell(new Command.MissTask("a"));
        story.migrate(
                Story.graph(
                        w -> {
                            w.version("2");
                            w.step("a").task("other").retry(2, Duration.ofSeconds(30));
                            w.step("c").task("u").after("a");
                        }));
        return story.complete("a", 1).complete("c", 2);
    }

    private static Story parent() {
        Story story =
                Story.of(
                        Map.of("list", List.of(1, 2, 3)),
                        w -> {
                            w.step("each")
                                    .workflow("part")
                                    .forEach("input.list")
                                    .concurrency(2)
                                    .retry(2, Duration.ofSeconds(30));
                            w.step("other").task("t");
                            w.output(Map.of("parts", "${each}"));
                        });
        story.tell(new Command.MissTask("each")).pass(Duration.ofMinutes(1));
        story.tell(new Command.OfferWorkflow("part")).childCompletes("each", 0, "one");
        story.childFails("each", 1, "broken").pass(Duration.ofMinutes(1));
        story.childCompletes("each", 0, "late");
        return story.fail("other", false).tell(new Command.Close());
    }

    private static Story waits() {
        Story story =
                Story.of(
                        w -> {
                            w.step("nap").wait(Duration.ofHours(8));
                            w.step("review").waitFor("reviewed", Duration.ofDays(2)).after("nap");
                            w.step("other").waitFor("other");
                        });
        story.tell(new Command.Signal("1", "reviewed", Payload.ofTree(Map.of("by", "Ada"))));
        story.tell(new Command.Signal("2", "reviewed", Payload.NULL));
        return story.pass(Duration.ofHours(8)).tell(new Command.ReachTime());
    }

    private static Story timedOut() {
        Story story =
                Story.of(
                        w ->
                                w.step("a")
                                        .task("t")
                                        .stepTimeout(Duration.ofHours(1))
                                        .queueTimeout(Duration.ofHours(2)));
        story.tell(new Command.MissTask("a")).pass(Duration.ofHours(1));
        return story.tell(new Command.ReachTime());
    }

    private static Story skipped() {
        return Story.of(
                        Map.of("n", 1),
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").when("input.n > 1");
                            w.step("c").task("t").after("b");
                            w.step("d").task("t").after("a", "c");
                            w.step("e").task("t").after("a", "c").join(2);
                            w.step("f").task("t").after("b", "c").join(Join.ALL_DONE);
                            w.step("g").task("t").after("c", "f").join(Join.ANY);
                        })
                .complete("a", 1)
                .complete("f", "x");
    }

    private static Story undone() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t").compensate("u");
                            w.step("b").task("t").after("a").compensate("u");
                            w.step("c").task("t").after("b");
                        });
        story.complete("a", 1).complete("b", 2).tell(new Command.Cancel("enough", true));
        return story.fail("b.compensate", false).complete("a.compensate", 1);
    }

    private static Story failing() {
        return Story.of(
                        w -> {
                            w.step("a").task("t").onFailure(OnFailure.CONTINUE);
                            w.step("b").task("t").after("a");
                            w.step("other").task("t").after("a");
                            w.step("clean").task("t").after("b").join(Join.ALL_DONE);
                            w.onFailure().task("alert");
                        })
                .fail("a", false)
                .fail("b", false)
                .complete("clean", 1)
                .complete("onFailure", 1);
    }

    private static Story plain() {
        return Story.of(
                Map.of("n", 1.25),
                w -> {
                    w.timeout(Duration.ofHours(1));
                    w.step("a").task("t").retry(2, Duration.ofSeconds(30));
                    w.step("b").task("u").after("a");
                });
    }

    private static Story fanOut() {
        Story story =
                Story.of(
                        Map.of("list", List.of("a", 2, Map.of("k", true))),
                        w -> {
                            w.step("each")
                                    .task("t")
                                    .forEach("input.list")
                                    .concurrency(2)
                                    .failedItems(FailedItems.CONTINUE);
                            w.step("last").task("u").after("each");
                        });
        story.pass(Duration.ofSeconds(1)).complete("each", 1, "b");
        story.fail("each", 0, false).handBack("each", 2);
        story.tell(new Command.MissTask("each")).pass(Duration.ofHours(2));
        story.tell(new Command.OfferTask("t")).complete("each", 2, null);
        return story.complete("last", Map.of("done", true));
    }

    private static Story retried() {
        Story story = plain().fail("a", true);
        story.tell(new Command.Pause()).tell(new Command.Pause());
        story.pass(Duration.ofMinutes(3)).tell(new Command.Resume());
        for (int i = 0; i < 4; i++) {
            story.pass(Duration.ofMinutes(1)).tell(new Command.Recover("node", 2 + i)).start("a");
        }
        story.tell(new Command.Resume());
        return story.complete("a", List.of("ä", 0.1)).complete("b", null);
    }
}
