package itests.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;

/** Charges once, however often it is asked with the same key. */
final class Charge implements Task {
    private final DataSource payments;

    Charge(DataSource payments) {
        this.payments = payments;
    }

    @Override
    public Object execute(TaskContext context) throws Exception {
        try (Connection connection = payments.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO payment (key, cents) VALUES (?, ?)"
                                        + " ON CONFLICT (key) DO NOTHING")) {
            insert.setString(1, context.idempotencyKey());
            insert.setLong(2, context.input("cents", Long.class));
            return insert.executeUpdate() == 1 ? "charged" : "charged before";
        }
    }
}
