package orchestrator.state.redis;

import orchestrator.testkit.state.AppendContract;
import orchestrator.testkit.state.ClaimContract;
import orchestrator.testkit.state.CreateContract;
import orchestrator.testkit.state.FencingContract;
import orchestrator.testkit.state.InboxContract;
import orchestrator.testkit.state.LeaseContract;
import orchestrator.testkit.state.RaceContract;
import org.junit.ClassRule;
import org.junit.runner.RunWith;
import org.junit.runners.Suite;

/**
 * The topics of the contract that fencing and races rest on, on a real Redis with four shards. What only reads runs, or
 * lies beside the journal, is left out.
 */
@RunWith(Suite.class)
@Suite.SuiteClasses({
    RedisSpiTest.Lease.class,
    RedisSpiTest.Create.class,
    RedisSpiTest.Append.class,
    RedisSpiTest.Inbox.class,
    RedisSpiTest.Claim.class,
    RedisSpiTest.Fencing.class,
    RedisSpiTest.Race.class,
})
public class RedisSpiTest {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    /** See there. */
    public static class Lease extends LeaseContract {
        public Lease() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Create extends CreateContract {
        public Create() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Append extends AppendContract {
        public Append() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Inbox extends InboxContract {
        public Inbox() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Claim extends ClaimContract {
        public Claim() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Fencing extends FencingContract {
        public Fencing() {
            super(STORES::empty);
        }
    }

    /** See there. */
    public static class Race extends RaceContract {
        public Race() {
            super(STORES::empty);
        }
    }
}
