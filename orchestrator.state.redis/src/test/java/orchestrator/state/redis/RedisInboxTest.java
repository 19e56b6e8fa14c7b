package orchestrator.state.redis;

import orchestrator.testkit.state.InboxContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisInboxTest extends InboxContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisInboxTest() {
        super(STORES::empty);
    }
}
