package orchestrator.state.redis;

import orchestrator.testkit.state.FencingContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisFencingTest extends FencingContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisFencingTest() {
        super(STORES::empty);
    }
}
