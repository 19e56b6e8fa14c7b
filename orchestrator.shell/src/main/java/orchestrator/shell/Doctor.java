package orchestrator.shell;

import orchestrator.api.run.StateMaintenance;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.shell.doctor.Examination;
import orchestrator.shell.doctor.Report;
import orchestrator.shell.doctor.Surroundings;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** {@code orchestrator:doctor}. It has services of its own, because it answers also where some are missing. */
@Service
@Command(
        scope = "orchestrator",
        name = "doctor",
        description = "Says what does not work, and what to do",
        detailedDescription =
                """
                Looks at the store, bundles, components, tasks, workflows, runs that wait for what is missing, \
                nodes, settings, and threads that former versions of plugins have left. Changes nothing. What it \
                finds does not make it fail.

                Examples:
                  orchestrator:doctor
                  orchestrator:doctor --format json""")
public final class Doctor extends ListAction {
    @Reference(optional = true)
    private BundleContext context;

    @Reference(optional = true)
    private ServiceComponentRuntime components;

    @Reference(optional = true)
    private WorkflowManager workflowManager;

    @Reference(optional = true)
    private TaskExecutor taskExecutor;

    @Reference(optional = true)
    private StateManager stateManager;

    @Reference(optional = true)
    private StateMaintenance stateMaintenance;

    @Override
    Answer answer(Screen screen) {
        Surroundings there =
                new Surroundings(
                        context,
                        components,
                        workflowManager,
                        taskExecutor,
                        stateManager,
                        stateMaintenance,
                        times());
        Report report = new Report(Examination.of(there));
        return Answer.of(report.tree(), report::print);
    }
}
