package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.run.Reason;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.WorkflowInfo;

/** Tasks and workflows that runs wait for or workflows name, and that nobody offers. */
final class MissingCheck extends Check {
    private static final String WORKFLOW = "workflow:";
    private static final String OF_BUNDLE = " (of bundle ";
    private static final int NAMED = 5;

    MissingCheck() {
        super("missing");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        if (there.workflows() == null || there.states() == null || there.tasks() == null) {
            return List.of();
        }
        Map<String, WaitingRuns> runs = WaitingRuns.by(there.states(), MissingCheck::key);
        Map<String, List<String>> users = users(there.workflows().workflows());
        TreeSet<String> missing = new TreeSet<>(runs.keySet());
        missing.addAll(users.keySet());
        List<Trouble> all = new ArrayList<>();
        for (String each : missing) {
            all.add(missing(each, runs.get(each), users.getOrDefault(each, List.of()), there));
        }
        return all;
    }

    /** As a workflow names what it misses. */
    private static Optional<String> key(Reason reason) {
        String subject = String.valueOf(reason.subject());
        int bundle = subject.indexOf(OF_BUNDLE);
        String name = bundle < 0 ? subject : subject.substring(0, bundle);
        return switch (reason.code()) {
            case "task" -> Optional.of(name);
            case "workflow" -> Optional.of(WORKFLOW + name);
            default -> Optional.empty();
        };
    }

    /** The current workflows by what they miss. Of older ones, runs tell that wait. */
    private static Map<String, List<String>> users(List<WorkflowInfo> workflows) {
        Map<String, List<String>> users = new TreeMap<>();
        for (WorkflowInfo workflow : workflows) {
            if (workflow.isCurrent()) {
                for (String task : workflow.missingTasks()) {
                    users.computeIfAbsent(task, t -> new ArrayList<>())
                            .add(workflow.name() + " " + workflow.version());
                }
            }
        }
        return users;
    }

    private Trouble missing(String name, WaitingRuns runs, List<String> users, Surroundings there) {
        String waiting =
                runs == null ? "" : runs.text(there.times(), "waits for it", "wait for it");
        String named = users.isEmpty() ? "" : "named by " + some(users);
        String who = waiting + (waiting.isEmpty() || named.isEmpty() ? "" : "; ") + named;
        String steer =
                runs == null
                        ? " A run would wait for it."
                        : " The runs go on by themselves then. run:migrate lets one go on with a version of its workflow that does without, run:cancel ends it; run:debug %s shows the newest."
                                .formatted(runs.newest());
        boolean workflow = name.startsWith(WORKFLOW);
        return warning(
                "%s: %s."
                        .formatted(
                                workflow
                                        ? "Workflow '%s' is offered by nobody"
                                                .formatted(name.substring(WORKFLOW.length()))
                                        : task(name, there),
                                who),
                (workflow
                                ? "Drop its file, or a plugin that carries it, into deploy/."
                                : "Install or start a plugin that offers it%s; if one is there, see what else is told here of its bundle and its components."
                                        .formatted(from(runs)))
                        + steer);
    }

    private static String task(String reference, Surroundings there) {
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        List<String> versions =
                there.tasks().tasks().stream()
                        .filter(task -> task.name().equals(name) && task.problem().isEmpty())
                        .map(TaskInfo::version)
                        .toList();
        return versions.isEmpty()
                ? "Task '%s' is offered by no plugin".formatted(reference)
                : "Task '%s' is offered by no plugin in such a version, only in %s"
                        .formatted(reference, String.join(", ", versions));
    }

    /** The bundle that once offered it, if the run knows. */
    private static String from(WaitingRuns runs) {
        String subject = runs == null ? "" : String.valueOf(runs.reason().subject());
        int bundle = subject.indexOf(OF_BUNDLE);
        return bundle < 0
                ? ""
                : ", as bundle %s did"
                        .formatted(
                                subject.substring(
                                        bundle + OF_BUNDLE.length(), subject.length() - 1));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        int more = names.size() - NAMED;
        return "workflow " + shown + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
