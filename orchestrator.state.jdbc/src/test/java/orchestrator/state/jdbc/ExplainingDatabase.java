package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A database whose every statement is explained, with its own arguments, just before it is executed. */
public final class ExplainingDatabase implements Database {
    private final Database database;
    private final Explainer explainer;
    private final List<Plan> plans = new ArrayList<>();
    private final AtomicReference<String> call = new AtomicReference<>();

    /** Explains nothing until a call was named. */
    public ExplainingDatabase(Database database, Explainer explainer) {
        this.database = database;
        this.explainer = explainer;
    }

    /** The plans of what the backend executes for a call. */
    public List<Plan> explain(String name, Runnable work) {
        plans.clear();
        call.set(name);
        work.run();
        call.set(null);
        return List.copyOf(plans);
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        return database.read(what, session -> work.in(explaining(session)));
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        return database.write(what, session -> work.in(explaining(session)));
    }

    @Override
    public long now(Session session) throws SQLException {
        return database.now(session);
    }

    @Override
    public void close() {
        database.close();
    }

    private Session explaining(Session session) {
        return call.get() == null ? session : new ExplainingSession(session);
    }

    /**
     * How a statement of a call is executed.
     *
     * @param call the call of the backend
     * @param sql the statement
     * @param text what the database says
     */
    public record Plan(String call, String sql, String text) {
        @Override
        public String toString() {
            return "== " + call + "\n-- " + sql + "\n" + text;
        }
    }

    /** Asks a database how it would execute a statement; changes nothing. */
    @FunctionalInterface
    public interface Explainer {
        /** What the database says. */
        String explain(Session session, String sql, Object... args) throws SQLException;
    }

    private final class ExplainingSession extends Session {
        private final Session session;

        ExplainingSession(Session session) {
            super(null);
            this.session = session;
        }

        @Override
        public <T> List<T> query(String sql, Row<T> row, Object... args) throws SQLException {
            note(sql, args);
            return session.query(sql, row, args);
        }

        @Override
        public int update(String sql, Object... args) throws SQLException {
            note(sql, args);
            return session.update(sql, args);
        }

        private void note(String sql, Object... args) throws SQLException {
            plans.add(new Plan(call.get(), sql, explainer.explain(session, sql, args)));
        }
    }
}
