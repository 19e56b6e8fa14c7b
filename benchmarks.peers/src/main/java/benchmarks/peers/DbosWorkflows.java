package benchmarks.peers;

import benchmarks.Body;
import benchmarks.Work;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.util.ArrayList;
import java.util.List;

/** The bodies of the workflows that DBOS runs. */
final class DbosWorkflows implements DbosWork {
    private final DBOS dbos;
    private final Body body;
    private DbosWork self;

    DbosWorkflows(DBOS dbos, Body body) {
        this.body = body;
        this.dbos = dbos;
    }

    /** Children are started through the proxy that stands before this object. */
    void self(DbosWork proxy) {
        self = proxy;
    }

    @Override
    @Workflow(name = "steps")
    public String steps() throws InterruptedException {
        String last = null;
        for (int i = 1; i <= Work.STEPS; i++) {
            String step = "s" + i;
            last = dbos.runStep(() -> body.run(step), step);
        }
        return last;
    }

    @Override
    @Workflow(name = "items")
    public int items(int count) {
        List<WorkflowHandle<String, RuntimeException>> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            children.add(dbos.startWorkflow(() -> self.item(number)));
        }
        int length = 0;
        for (WorkflowHandle<String, RuntimeException> child : children) {
            length += child.getResult().length();
        }
        return length;
    }

    @Override
    @Workflow(name = "item")
    public String item(int number) {
        return Work.result();
    }
}
