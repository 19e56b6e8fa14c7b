package orchestrator.state.redis;

import orchestrator.testkit.state.ClaimContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisClaimTest extends ClaimContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisClaimTest() {
        super(STORES::empty);
    }
}
