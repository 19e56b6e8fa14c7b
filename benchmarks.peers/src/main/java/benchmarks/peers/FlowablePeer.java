package benchmarks.peers;

import benchmarks.Body;
import benchmarks.Contender;
import benchmarks.Peer;

/** Flowable's embedded process engine. */
public final class FlowablePeer implements Peer {
    @Override
    public String name() {
        return "flowable";
    }

    @Override
    public Contender open(String url, Body body) {
        return new FlowableContender(url, body);
    }

    @Override
    public String unfinished() {
        return "SELECT count(*) FROM act_ru_execution WHERE parent_id_ IS NULL";
    }

    @Override
    public String progress() {
        return "SELECT count(*) FROM act_ru_variable";
    }
}
