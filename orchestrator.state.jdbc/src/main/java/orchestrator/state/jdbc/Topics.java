package orchestrator.state.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Claims;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;

/** The parts of a backend that an embedded database and a server do differently, by topic. */
public record Topics(
        Nodes nodes,
        Claiming claiming,
        Creating creating,
        Appending appending,
        Posting posting,
        Logging logging,
        Deleting deleting) {

    /** Membership. */
    public interface Nodes {
        /** See the contract. */
        NodeLease enter(String node, Duration lease);

        /** See the contract. */
        NodeLease heartbeat(NodeLease node);

        /** See the contract. */
        void leave(NodeLease node);
    }

    /** Runs find owners. */
    public interface Claiming {
        /** See the contract. */
        Claims claim(NodeLease node, int limit, Collection<String> waitKeys);
    }

    /** Runs begin. */
    public interface Creating {
        /** See the contract. */
        List<CreateOutcome> create(NodeLease node, List<NewRun> runs);
    }

    /** Journals grow. */
    public interface Appending {
        /** See the contract. */
        List<AppendOutcome> append(NodeLease node, List<Append> appends);
    }

    /** Messages arrive. */
    public interface Posting {
        /** See the contract. */
        List<PostOutcome> post(List<Post> messages);
    }

    /** Log lines are kept. */
    public interface Logging {
        /** See the contract. */
        void log(String run, List<LogLine> lines, int keep);
    }

    /** Ended runs go. */
    public interface Deleting {
        /** See the contract. */
        List<String> delete(
                Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit);
    }
}
