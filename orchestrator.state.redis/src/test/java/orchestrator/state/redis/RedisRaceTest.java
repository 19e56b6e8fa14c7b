package orchestrator.state.redis;

import orchestrator.testkit.state.RaceContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisRaceTest extends RaceContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisRaceTest() {
        super(STORES::empty);
    }
}
