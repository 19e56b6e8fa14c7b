package orchestrator.engine.osgi;

import java.util.List;
import orchestrator.api.Workflow;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.service.Builder;
import orchestrator.engine.service.RegisteredWorkflow;
import orchestrator.engine.service.Services;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers {@link Workflow} services with the engine; one that is wrong is listed as broken. */
final class WorkflowTracker extends ServiceTracker<Workflow, WorkflowTracker.Taken> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowTracker.class);

    private final Services services;

    /** A workflow in the catalog, and how its functions are taken back. */
    record Taken(RegisteredWorkflow workflow, Runnable takeBack) {}

    WorkflowTracker(BundleContext context, Services services) {
        super(context, Workflow.class, null);
        this.services = services;
    }

    @Override
    public Taken addingService(ServiceReference<Workflow> reference) {
        Bundle bundle = reference.getBundle();
        Workflow workflow = context.getService(reference);
        if (bundle == null || workflow == null) {
            return null;
        }
        String source = source(reference, bundle);
        Object name = reference.getProperty("workflow.name");
        Taken taken;
        try {
            if (!(name instanceof String text) || text.isBlank()) {
                throw new IllegalArgumentException(
                        "Expected the service property workflow.name, but found '%s'"
                                .formatted(name));
            }
            taken = take(text, workflow, source, bundle);
        } catch (InvalidWorkflowException e) {
            taken = broken(name, source, e.problems().stream().map(Problem::toString).toList());
        } catch (RuntimeException | LinkageError e) {
            taken = broken(name, source, List.of(String.valueOf(e.getMessage())));
        }
        tellOfSameVersion(taken.workflow);
        services.catalog().add(taken.workflow);
        return taken;
    }

    /** An update of a file comes before its old version goes; two sources of one version are a mistake. */
    private void tellOfSameVersion(RegisteredWorkflow workflow) {
        services.catalog().all().stream()
                .filter(other -> !workflow.isBroken() && !other.isBroken())
                .filter(other -> other.name().equals(workflow.name()))
                .filter(other -> other.version().equals(workflow.version()))
                .filter(other -> !other.source().equals(workflow.source()))
                .forEach(
                        other ->
                                LOG.warn(
                                        "Expected one source of workflow {} {}, but found {} and {}. The one of {} takes "
                                                + "the other's place; remove one, or give it another version",
                                        workflow.name(),
                                        workflow.version(),
                                        other.source(),
                                        workflow.source(),
                                        workflow.source()));
    }

    private Taken take(String name, Workflow workflow, String source, Bundle bundle) {
        BundleCaller caller = new BundleCaller(bundle);
        Builder builder = new Builder(name, caller.version(), caller.bundle());
        workflow.describe(builder);
        Graph graph = services.compile(builder);
        if (!graph.name().equals(name)) {
            throw new IllegalArgumentException(
                    "Expected the workflow '%s' (service property workflow.name), but its document says '%s'"
                            .formatted(name, graph.name()));
        }
        LOG.info("Workflow {} {} of {} is registered", name, graph.version(), source);
        return new Taken(RegisteredWorkflow.of(graph, source), caller.offer(builder.functions()));
    }

    private static Taken broken(Object name, String source, List<String> problems) {
        problems.forEach(
                problem -> LOG.error("Workflow {} of {} is broken. {}", name, source, problem));
        return new Taken(
                RegisteredWorkflow.broken(String.valueOf(name), source, problems), () -> {});
    }

    private static String source(ServiceReference<Workflow> reference, Bundle bundle) {
        Object file = reference.getProperty("orchestrator.source");
        return file != null
                ? file.toString()
                : bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
    }

    @Override
    public void modifiedService(ServiceReference<Workflow> reference, Taken taken) {
        // a new description is a new service
    }

    @Override
    public void removedService(ServiceReference<Workflow> reference, Taken taken) {
        services.catalog().remove(taken.workflow);
        taken.takeBack.run();
        context.ungetService(reference);
        LOG.info("Workflow {} of {} has left", taken.workflow.name(), taken.workflow.source());
    }
}
