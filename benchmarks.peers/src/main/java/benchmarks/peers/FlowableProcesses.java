package benchmarks.peers;

import benchmarks.Work;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;

/** The process that Flowable runs: asynchronous service tasks, so that each is a transaction of its own. */
final class FlowableProcesses {
    /** The bean that does a step. */
    static final String BODY = "body";

    private FlowableProcesses() {}

    /** Tasks one after the other. */
    static BpmnModel steps() {
        Process process = process("steps");
        String last = "start";
        for (int i = 1; i <= Work.STEPS; i++) {
            ServiceTask task = task("s" + i);
            process.addFlowElement(task);
            process.addFlowElement(new SequenceFlow(last, task.getId()));
            last = task.getId();
        }
        process.addFlowElement(new SequenceFlow(last, "end"));
        return model(process);
    }

    private static Process process(String id) {
        Process process = new Process();
        process.setId(id);
        StartEvent start = new StartEvent();
        start.setId("start");
        process.addFlowElement(start);
        EndEvent end = new EndEvent();
        end.setId("end");
        process.addFlowElement(end);
        return process;
    }

    private static ServiceTask task(String id) {
        ServiceTask task = new ServiceTask();
        task.setId(id);
        task.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION);
        task.setImplementation("${" + BODY + "}");
        task.setAsynchronous(true);
        task.setNotExclusive(true); // no two of them at a time, or no harm if so: saves a lock
        return task;
    }

    private static BpmnModel model(Process process) {
        BpmnModel model = new BpmnModel();
        model.addProcess(process);
        return model;
    }
}
