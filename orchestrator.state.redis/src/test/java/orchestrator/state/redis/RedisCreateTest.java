package orchestrator.state.redis;

import orchestrator.testkit.state.CreateContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisCreateTest extends CreateContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisCreateTest() {
        super(STORES::empty);
    }
}
