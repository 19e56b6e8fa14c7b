package orchestrator.testkit.simple;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;

/** Backends that are right but for one thing, by the test that must find it. */
final class WrongBackends {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Map<String, Consumer<SimpleBackend>> byTest = new LinkedHashMap<>();

    WrongBackends() {
        appends();
        claims();
        nodes();
        creates();
        messages();
    }

    Map<String, Consumer<SimpleBackend>> byTest() {
        return byTest;
    }

    private void appends() {
        byTest.put(
                "append_anotherEpochIsFenced",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean owns(NodeLease node, Append append, SimpleRun run) {
                                        return isOwner(node, run);
                                    }
                                });
        byTest.put(
                "append_anotherNodeIsFenced",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean isOwner(NodeLease node, SimpleRun run) {
                                        return run.owner != null;
                                    }
                                });
        byTest.put(
                "append_theSameAppendAgainIsAppendedOnce",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean isRepeated(Append append, SimpleRun run) {
                                        return false;
                                    }
                                });
        byTest.put(
                "append_anAppendIdBelongsToItsEpoch",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean isRepeated(Append append, SimpleRun run) {
                                        return append.appendId().equals(run.appendId);
                                    }
                                });
        byTest.put(
                "append_aReleaseWithNewerMailIsRefusedAndChangesNothing",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean missesMail(Append append, SimpleRun run) {
                                        return false;
                                    }
                                });
        byTest.put(
                "append_newerMailCountsByNumberAlsoWhenItWasConsumed",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean missesMail(Append append, SimpleRun run) {
                                        return !run.inbox.isEmpty()
                                                && run.inbox.lastKey() > append.inboxSeen();
                                    }
                                });
        byTest.put(
                "append_anotherLastSequenceIsAConflict",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    boolean continues(Append append, SimpleRun run) {
                                        return true;
                                    }
                                });
        byTest.put(
                "append_anEndWithNewerMailIsRefusedAndChangesNothing",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    AppendOutcome append(NodeLease node, Append append) {
                                        SimpleRun run = b.store.runs.get(append.run());
                                        if (run != null && append.summary() != null) {
                                            run.summary = append.summary();
                                        }
                                        return super.append(node, append);
                                    }
                                });
        byTest.put(
                "fencing_afterAClaimNoLateAppendBecomesVisible",
                b ->
                        b.appending =
                                new SimpleAppending(b.store, b.nodes) {
                                    @Override
                                    AppendOutcome check(
                                            NodeLease node, Append append, SimpleRun run) {
                                        AppendOutcome outcome = super.check(node, append, run);
                                        if (outcome == null && run.appendEpoch == run.epoch) {
                                            // not the first: the other node waits for that
                                            long before = run.epoch;
                                            awaitWithoutTheLock(b.store, () -> run.epoch > before);
                                        }
                                        return outcome;
                                    }
                                });
    }

    private void claims() {
        byTest.put(
                "crowd_tenThousandRacesHaveOneWinnerEach",
                b ->
                        b.claiming =
                                new SimpleClaiming(b.store, b.nodes) {
                                    @Override
                                    long nextEpoch(SimpleRun run) {
                                        return Math.max(1, run.epoch);
                                    }
                                });
        byTest.put(
                "claim_higherPriorityComesFirstThenTheLongestDue",
                b ->
                        b.claiming =
                                new SimpleClaiming(b.store, b.nodes) {
                                    @Override
                                    Comparator<SimpleRun> order(Instant now) {
                                        return Comparator.comparing(run -> run.summary.id());
                                    }
                                });
        byTest.put(
                "claim_claimsWithoutAnAppendInBetweenAreCounted",
                b ->
                        b.claiming =
                                new SimpleClaiming(b.store, b.nodes) {
                                    @Override
                                    ClaimedRun take(SimpleRun run, NodeLease node) {
                                        run.sequenceAtClaim = -1;
                                        return super.take(run, node);
                                    }
                                });
        byTest.put(
                "inbox_aMessageThatWasSeenAndNotConsumedDoesNotMakeTheRunDueAgain",
                b ->
                        b.claiming =
                                new SimpleClaiming(b.store, b.nodes) {
                                    @Override
                                    boolean canBeClaimed(
                                            SimpleRun run,
                                            Instant now,
                                            Collection<String> waitKeys) {
                                        return (run.owner == null && !run.inbox.isEmpty())
                                                || super.canBeClaimed(run, now, waitKeys);
                                    }
                                });
    }

    private void nodes() {
        for (String topic : List.of("clockahead", "clockbehind")) {
            byTest.put(
                    topic + "_everyAnswerTellsTheStoresTime",
                    b -> replaceNodes(b, new NodeClock(b.store)));
        }
        byTest.put(
                "lease_aLeaseThatExpiredAndWasNotTakenOverGoesOn",
                b ->
                        replaceNodes(
                                b,
                                new SimpleNodes(b.store) {
                                    @Override
                                    boolean isMember(NodeLease node) {
                                        return super.isMember(node)
                                                && !b.store
                                                        .members
                                                        .get(node.node())
                                                        .expires()
                                                        .isBefore(now());
                                    }
                                }));
        byTest.put(
                "lease_everyEntryOfANodeRaisesItsIncarnation",
                b ->
                        replaceNodes(
                                b,
                                new SimpleNodes(b.store) {
                                    @Override
                                    void leave(NodeLease node) {
                                        super.leave(node);
                                        b.store.incarnations.remove(node.node());
                                    }
                                }));
        byTest.put(
                "clockahead_aHeartbeatBelievesNoTimeOfItsNode",
                b ->
                        replaceNodes(
                                b,
                                new SimpleNodes(b.store) {
                                    @Override
                                    NodeLease heartbeat(NodeLease node) {
                                        NodeLease lease = super.heartbeat(node);
                                        b.store.members.put(
                                                node.node(),
                                                new SimpleStore.Member(
                                                        lease,
                                                        node.storeTime().plus(node.duration())));
                                        return lease;
                                    }
                                }));
    }

    private void creates() {
        byTest.put(
                "crowd_aThousandCallersWithOneStartKeyGetOneRun",
                b ->
                        b.creating =
                                new SimpleCreating(b.store, b.nodes) {
                                    private int come;

                                    @Override
                                    void write(NodeLease node, NewRun run) {
                                        come++;
                                        awaitWithoutTheLock(b.store, () -> come > 1);
                                        super.write(node, run);
                                    }
                                });
        byTest.put(
                "create_whoBelievesToOwnAnUnownedRunIsFencedOnceItIsClaimed",
                b ->
                        b.creating =
                                new SimpleCreating(b.store, b.nodes) {
                                    @Override
                                    void write(NodeLease node, NewRun run) {
                                        super.write(node, run);
                                        if (!run.owned()) {
                                            b.store.runs.get(run.summary().id()).epoch = 0;
                                        }
                                    }
                                });
        byTest.put(
                "delete_aStartKeyOutlivesItsRun",
                b ->
                        b.creating =
                                new SimpleCreating(b.store, b.nodes) {
                                    @Override
                                    void delete(SimpleRun run) {
                                        super.delete(run);
                                        b.store.startKeys.clear();
                                    }
                                });
        byTest.put(
                "create_theRunsOfABatchSucceedOrFailOnTheirOwn",
                b ->
                        b.creating =
                                new SimpleCreating(b.store, b.nodes) {
                                    @Override
                                    List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
                                        List<CreateOutcome> outcomes = new ArrayList<>();
                                        for (NewRun run : runs) {
                                            outcomes.add(create(node, run));
                                            if (outcomes.get(outcomes.size() - 1).kind()
                                                    != CreateOutcome.Kind.CREATED) {
                                                return outcomes;
                                            }
                                        }
                                        return outcomes;
                                    }
                                });
        byTest.put(
                "query_theLastPageHasNoNextAlsoWhenItIsFull",
                b ->
                        b.reading =
                                new SimpleReading(b.store) {
                                    @Override
                                    SummaryPage page(List<RunSummary> found, int limit) {
                                        if (found.size() < limit) {
                                            return super.page(found, limit);
                                        }
                                        RunSummary last = found.get(limit - 1);
                                        return new SummaryPage(
                                                found.subList(0, limit),
                                                Optional.of(
                                                        new RunCursor(last.created(), last.id())));
                                    }
                                });
    }

    private void messages() {
        byTest.put(
                "inbox_mailIsThatOfOwnRunsByRunAndNumber",
                b ->
                        b.posting =
                                new SimplePosting(b.store, b.nodes) {
                                    @Override
                                    List<Mail> mail(NodeLease node) {
                                        List<Mail> mail = new ArrayList<>(super.mail(node));
                                        Collections.reverse(mail);
                                        return mail;
                                    }
                                });
        byTest.put(
                "inbox_aMessageSeenBeforeIsADuplicateAlsoWhenItWasConsumed",
                b ->
                        b.posting =
                                new SimplePosting(b.store, b.nodes) {
                                    @Override
                                    Long numberOf(Post message, SimpleRun run) {
                                        return run.inbox.values().stream()
                                                .filter(
                                                        m ->
                                                                m.messageId()
                                                                        .equals(
                                                                                message
                                                                                        .messageId()))
                                                .map(Mail::number)
                                                .findFirst()
                                                .orElse(null);
                                    }
                                });
        byTest.put(
                "value_messageIdsMayHoldAnyCharacter",
                b ->
                        b.posting =
                                new SimplePosting(b.store, b.nodes) {
                                    @Override
                                    PostOutcome post(Post message) {
                                        String id = message.messageId();
                                        int end = id.indexOf(0); // where texts end in C
                                        return super.post(
                                                new Post(
                                                        message.run(),
                                                        end < 0 ? id : id.substring(0, end),
                                                        message.body()));
                                    }
                                });
    }

    /** Lets another caller in; what was found true before may be so no more when the lock is held again. */
    private static void awaitWithoutTheLock(SimpleStore store, BooleanSupplier another) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        store.notifyAll();
        try {
            while (!another.getAsBoolean() && System.nanoTime() < end) {
                store.wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the clock of the node, and not that of the store. */
    private static final class NodeClock extends SimpleNodes {
        NodeClock(SimpleStore store) {
            super(store);
        }

        @Override
        Instant now() {
            return InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
        }
    }

    private static void replaceNodes(SimpleBackend backend, SimpleNodes nodes) {
        backend.nodes = nodes;
        backend.claiming = new SimpleClaiming(backend.store, nodes);
        backend.creating = new SimpleCreating(backend.store, nodes);
        backend.appending = new SimpleAppending(backend.store, nodes);
        backend.posting = new SimplePosting(backend.store, nodes);
    }
}
