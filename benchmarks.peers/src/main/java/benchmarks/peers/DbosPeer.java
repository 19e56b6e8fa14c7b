package benchmarks.peers;

import benchmarks.Body;
import benchmarks.Contender;
import benchmarks.Peer;

/** DBOS Transact for Java. */
public final class DbosPeer implements Peer {
    @Override
    public String name() {
        return "dbos";
    }

    @Override
    public Contender open(String url, Body body) {
        return new DbosContender(url, body);
    }

    @Override
    public String unfinished() {
        return "SELECT count(*) FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')";
    }

    @Override
    public String progress() {
        return "SELECT count(*) FROM dbos.operation_outputs";
    }
}
