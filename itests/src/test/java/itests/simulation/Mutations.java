package itests.simulation;

import java.util.List;
import java.util.stream.Stream;

/** The bugs that simulations must find. One that cannot be planted any more is planted anew, never dropped. */
final class Mutations {
    private static final String RUNTIME = "orchestrator.engine.runtime.";
    private static final String CORE = "orchestrator.engine.core.";
    private static final String ATTEMPT = "orchestrator.engine.attempt.";

    private static final int WITHIN = 3_000;

    private static final List<Mutation> OF_RUNS =
            List.of(
                    new Mutation(
                            "a signal is not waited for",
                            CORE + "WaitRules",
                            "wait.isForSignal() && course.run.waits.kept(wait.signal()) > 0",
                            "wait.isForSignal()",
                            WITHIN),
                    new Mutation(
                            "a wait ends before its time",
                            CORE + "WaitRules",
                            "step.waitUntil != null && !step.waitUntil.isAfter(course.now)",
                            "step.waitUntil != null",
                            WITHIN),
                    new Mutation(
                            "a run is twice in a batch",
                            RUNTIME + "WriteQueue",
                            "&& runs.add(waiting.peek().runId())",
                            "",
                            WITHIN),
                    new Mutation(
                            "mail is ignored at the release",
                            RUNTIME + "StoredRun",
                            "inbox.seen(),",
                            "Long.MAX_VALUE,",
                            WITHIN),
                    new Mutation(
                            "a stale result is accepted",
                            CORE + "AttemptRules",
                            "exists && step.cell(item).isCurrent(attempt) ? step : null",
                            "exists ? step : null",
                            WITHIN),
                    new Mutation(
                            "the epoch of a claim is ignored",
                            RUNTIME + "Runs",
                            "arrival.epoch(),",
                            "1,",
                            WITHIN),
                    new Mutation(
                            "an older life of a run goes on",
                            RUNTIME + "Runs",
                            "there.epoch() >= run.epoch()",
                            "there.epoch() <= run.epoch()",
                            WITHIN),
                    new Mutation(
                            "nothing is issued after a takeover",
                            RUNTIME + "RunAttempts",
                            "|| fact instanceof Fact.RunRecovered) {",
                            ") {",
                            WITHIN),
                    new Mutation(
                            "nothing is issued when a run comes into memory",
                            RUNTIME + "ActiveRun",
                            "mailbox.add(new Message.Look(effects::issuePending));",
                            "",
                            WITHIN),
                    new Mutation(
                            "a join is off by one",
                            CORE + "Joins",
                            "if (step.open > 0) {",
                            "if (step.open > 1) {",
                            WITHIN),
                    new Mutation(
                            "an effect comes before its append",
                            RUNTIME + "ActiveRun",
                            "appending = new InFlight(append, facts, decided);",
                            "appending = new InFlight(append, facts, decided);\n        effects.follow(facts, state);",
                            WITHIN),
                    new Mutation(
                            "a timer is lost when a run leaves memory",
                            CORE + "Summaries",
                            "earlier(earlier(retryAt, run.deadline), next",
                            "earlier(run.deadline, next",
                            WITHIN),
                    new Mutation(
                            "a loss uses up a retry",
                            CORE + "Applier",
                            "cell.losses++;",
                            "cell.losses++;\n            cell.failures++;",
                            WITHIN),
                    new Mutation(
                            "a parent is not told of an end",
                            RUNTIME + "RunLetters",
                            ".handle((nothing, e) -> posts)",
                            ".handle((nothing, e) -> List.<Post>of())",
                            WITHIN),
                    new Mutation(
                            "a step begins while its run is held",
                            CORE + "Course",
                            "next != null && run.hasRoom() && !run.isHeld();",
                            "next != null && run.hasRoom();",
                            WITHIN),
                    new Mutation(
                            "the concurrency of a fan-out is off by one",
                            CORE + "Course",
                            "step.inFlight < step.step.concurrency()",
                            "step.inFlight <= step.step.concurrency()",
                            WITHIN),
                    new Mutation(
                            "a message is taken in twice",
                            RUNTIME + "InboxMark",
                            "if (number <= low || !above.add(number)) {",
                            "if (!above.add(number) && false) {",
                            WITHIN),
                    new Mutation(
                            "a run is created for a lease that is over",
                            RUNTIME + "CreateWriter",
                            "return !run.owned() || incarnation == lease.incarnation();",
                            "return true;",
                            WITHIN),
                    new Mutation(
                            "a creation in doubt is forgotten",
                            RUNTIME + "Creations",
                            "doubts.put(run.summary().id(), new Doubt(incarnation, until));",
                            "",
                            WITHIN),
                    new Mutation(
                            "a claimed run that cannot be read is forgotten",
                            RUNTIME + "Adoption",
                            "unread.put(summary.id(), () -> adopt(claimed, first, incarnation));",
                            "",
                            WITHIN),
                    new Mutation(
                            "a letter is dropped when the store is away",
                            RUNTIME + "Outbox",
                            "scheduler.schedule(PAUSE, () -> executor.execute(this::drain));",
                            "batch = List.of();\n                    work.set(0);",
                            WITHIN),
                    new Mutation(
                            "runs outlive their lease",
                            RUNTIME + "Node",
                            "runs.abandonAll(\"the node's lease is over\");",
                            "",
                            WITHIN),
                    new Mutation(
                            "what was decided is lost at a reload",
                            RUNTIME + "ActiveRun",
                            "commands.putBack(refused.decided.commands());",
                            "",
                            WITHIN),
                    new Mutation(
                            "an attempt is withdrawn in its body",
                            ATTEMPT + "Attempt",
                            "if (stage == Stage.IN_BODY || stage == Stage.ENDED) {",
                            "if (stage == Stage.ENDED) {",
                            WITHIN),
                    new Mutation(
                            "a parent rests before its children are there",
                            RUNTIME + "ChildStarts",
                            "toCome == 0 && ",
                            "",
                            2 * WITHIN),
                    new Mutation(
                            "the listed time to wake is not renewed",
                            RUNTIME + "StoredRun",
                            "|| !Objects.equals(now.wakeAt(), summary.wakeAt())",
                            "",
                            WITHIN),
                    new Mutation(
                            "a state changes without an entry",
                            CORE + "AttemptRules",
                            "course.record(new Fact.AttemptHandedBack(c.step(), c.item(), c.attempt(), c.why()));",
                            "course.record(new Fact.AttemptHandedBack(c.step(), c.item(), c.attempt(), c.why()));\n            step.attempts++;",
                            WITHIN),
                    new Mutation(
                            "a writer gives up when the store is away",
                            RUNTIME + "AppendWriter",
                            "pause = pause(pause);",
                            "return;",
                            WITHIN),
                    new Mutation(
                            "an answer goes to another append of its batch",
                            RUNTIME + "AppendWriter",
                            "outcomes.get(i)",
                            "outcomes.get(0)",
                            WITHIN),
                    new Mutation(
                            "the room of a run is not given back",
                            RUNTIME + "Runs",
                            "if (!run.isResting()) {",
                            "if (false) {",
                            WITHIN),
                    new Mutation(
                            "the start after a loss is not durable",
                            CORE + "Cell",
                            "return losses > 0 && !started;",
                            "return false;",
                            WITHIN),
                    new Mutation(
                            "a wake-up is lost on the way to the store",
                            RUNTIME + "Mailbox",
                            "if (work.getAndIncrement() == 0) {",
                            "if (work.getAndIncrement() == 0 && messages.size() < 2) {",
                            WITHIN),
                    new Mutation(
                            "an append is decided by an old number",
                            RUNTIME + "StoredRun",
                            "lastSequence = replayed.lastSequence();",
                            "lastSequence = Math.max(lastSequence, replayed.lastSequence()) - 1;",
                            WITHIN));

    static final List<Mutation> ALL =
            Stream.of(OF_RUNS, FlowMutations.ALL).flatMap(List::stream).toList();

    private Mutations() {}
}
