package benchmarks.peers;

import benchmarks.Contender;
import benchmarks.Peer;

/** DBOS Transact for Java. */
public final class DbosPeer implements Peer {
    @Override
    public String name() {
        return "dbos";
    }

    @Override
    public Contender open(String url) {
        return new DbosContender(url);
    }
}
