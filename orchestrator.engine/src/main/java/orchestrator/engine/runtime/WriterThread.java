package orchestrator.engine.runtime;

/** A thread of its own for a writer, which waits at its queue. */
final class WriterThread implements Environment.Hand {
    private final Thread thread;

    WriterThread(String name, Environment.Writing writing) {
        thread = new Thread(writing::work, name);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Nothing to do: its queue wakes it. */
    @Override
    public void wake() {}

    @Override
    public void end() {
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
