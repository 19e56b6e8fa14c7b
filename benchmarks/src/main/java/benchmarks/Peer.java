package benchmarks;

/** Another engine, to be set beside this one. Found as a service, since nothing here depends on it. */
public interface Peer {
    /** Its short name, which is that of its database too. */
    String name();

    /** Opens it on an empty database, or again on one that it has used; then it goes on with what it finds there. */
    Contender open(String url, Body body) throws Exception;

    /** A query for the number of runs that have not ended. */
    String unfinished();

    /** A query for a number that grows with each step that is done. */
    String progress();
}
