package orchestrator.state.redis;

import orchestrator.testkit.state.LeaseContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisLeaseTest extends LeaseContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisLeaseTest() {
        super(STORES::empty);
    }
}
