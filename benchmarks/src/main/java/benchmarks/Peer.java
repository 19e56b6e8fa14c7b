package benchmarks;

/** Another engine, to be set beside this one. Found as a service, since nothing here depends on it. */
public interface Peer {
    /** Its short name, which is that of its database too. */
    String name();

    /** Opens it on an empty database, or again on one that it has used. */
    Contender open(String url) throws Exception;
}
