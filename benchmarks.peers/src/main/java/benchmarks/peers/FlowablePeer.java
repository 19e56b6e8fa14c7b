package benchmarks.peers;

import benchmarks.Contender;
import benchmarks.Peer;

/** Flowable's embedded process engine. */
public final class FlowablePeer implements Peer {
    @Override
    public String name() {
        return "flowable";
    }

    @Override
    public Contender open(String url) {
        return new FlowableContender(url);
    }
}
