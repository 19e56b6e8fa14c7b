package orchestrator.state.jdbc.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.state.jdbc.Session;

/** The session of the one connection that writes. It keeps its statements, since SQLite compiles them in the process. */
final class WriterSession extends Session {
    private static final int KEPT = 128;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    WriterSession(Connection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    protected PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement kept = statements.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        statements.put(sql, statement);
        if (statements.size() > KEPT) {
            var oldest = statements.entrySet().iterator();
            try (PreparedStatement unused = oldest.next().getValue()) {
                oldest.remove();
            }
        }
        return statement;
    }

    /**
     * The driver closes a statement that met a full or broken disk: it is made anew when it is needed next. What went wrong
     * was said before.
     */
    @Override
    protected void done(PreparedStatement statement) {
        try {
            statement.clearParameters();
        } catch (SQLException e) {
            statements.values().remove(statement);
        }
    }
}
