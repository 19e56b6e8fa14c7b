package benchmarks.peers;

/** The workflows that DBOS runs. */
interface DbosWork {
    /** Four steps one after the other. */
    String steps() throws InterruptedException;

    /** A child workflow for each item. */
    int items(int count);

    /** One item: what it returns is stored with it. */
    String item(int number);
}
