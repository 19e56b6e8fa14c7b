package orchestrator.state.redis;

import orchestrator.testkit.state.AppendContract;
import org.junit.ClassRule;

/** This topic of the contract on a real Redis. */
public class RedisAppendTest extends AppendContract {
    @ClassRule public static final RedisStores STORES = new RedisStores(4);

    public RedisAppendTest() {
        super(STORES::empty);
    }
}
