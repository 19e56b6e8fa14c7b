package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Components of plugins and of the platform that are not satisfied, or could not be activated. */
final class ComponentsCheck extends Check {
    private static final String REQUIRED = "require";
    private static final String ENGINES = "orchestrator.api.run.";
    private static final int UNSATISFIED =
            ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
                    | ComponentConfigurationDTO.UNSATISFIED_REFERENCE;

    ComponentsCheck() {
        super("components");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        if (there.context() == null) {
            return List.of();
        }
        if (there.components() == null) {
            return List.of(
                    warning(
                            "There is no ServiceComponentRuntime: components of plugins are not started, and cannot be looked at.",
                            "feature:install scr."));
        }
        List<Trouble> all = new ArrayList<>();
        for (Bundle bundle : there.bundles()) {
            if (bundle.getState() == Bundle.ACTIVE && Names.isOfThePlatform(bundle)) {
                for (ComponentDescriptionDTO each :
                        there.components().getComponentDescriptionDTOs(bundle)) {
                    look(each, bundle, there.components(), all);
                }
            }
        }
        return all;
    }

    private void look(
            ComponentDescriptionDTO component,
            Bundle bundle,
            ServiceComponentRuntime runtime,
            List<Trouble> all) {
        String name = "Component %s of %s".formatted(component.name, Names.of(bundle));
        if (!runtime.isComponentEnabled(component)) {
            all.add(
                    warning(
                            name + " is disabled.",
                            "scr:enable %s enables it.".formatted(component.name)));
            return;
        }
        Collection<ComponentConfigurationDTO> instances =
                runtime.getComponentConfigurationDTOs(component);
        if (instances.isEmpty()
                && component.factory == null
                && REQUIRED.equals(component.configurationPolicy)) {
            all.add(unconfigured(name, component));
        }
        for (ComponentConfigurationDTO instance : instances) {
            look(name, instance, runtime, all);
        }
    }

    private void look(
            String name,
            ComponentConfigurationDTO instance,
            ServiceComponentRuntime runtime,
            List<Trouble> all) {
        if (instance.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            all.add(
                    error(
                            "%s failed when it was activated: %s"
                                    .formatted(name, Failure.of(instance.failure)),
                            "Correct the cause (log:display has all of it), then bundle:restart %d."
                                    .formatted(instance.description.bundle.id)));
        } else if ((instance.state & ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) != 0
                && instance.unsatisfiedReferences.length == 0) {
            all.add(unconfigured(name, instance.description));
        } else if ((instance.state & UNSATISFIED) != 0) {
            for (UnsatisfiedReferenceDTO reference : instance.unsatisfiedReferences) {
                all.add(unsatisfied(name, instance, reference, runtime));
            }
        }
    }

    private Trouble unconfigured(String name, ComponentDescriptionDTO component) {
        String pid = component.configurationPid[0];
        return error(
                "%s waits for its configuration: there is none with the PID %s."
                        .formatted(name, String.join(" or ", component.configurationPid)),
                "Put it into etc/%s.cfg.".formatted(pid));
    }

    private Trouble unsatisfied(
            String name,
            ComponentConfigurationDTO instance,
            UnsatisfiedReferenceDTO reference,
            ServiceComponentRuntime runtime) {
        String type = type(instance.description, reference.name);
        String target =
                reference.target == null || reference.target.isEmpty()
                        ? ""
                        : " with " + reference.target;
        Optional<ComponentDescriptionDTO> offers = whoWouldOffer(type, runtime);
        String who =
                offers.map(
                                c ->
                                        "; component %s of %s would offer one, but does not work itself"
                                                .formatted(c.name, c.bundle.symbolicName))
                        .orElse("");
        return error(
                "%s waits for its reference '%s': nobody offers a service %s%s%s."
                        .formatted(name, reference.name, type, target, who),
                offers.isPresent() ? "Mend that one first." : offer(type, target, reference.name));
    }

    private static String offer(String type, String target, String reference) {
        if (type.startsWith(ENGINES)) {
            return "The engine offers it once it has its store: see what is told here of the store.";
        }
        return target.isEmpty()
                ? "Install or start a bundle that offers it; service:list %s shows what is there."
                        .formatted(type)
                : "Install, start or configure a bundle that offers it with such properties, or change the target (%s.target in the component's configuration); service:list %s shows what is there."
                        .formatted(reference, type);
    }

    private static String type(ComponentDescriptionDTO component, String reference) {
        return Arrays.stream(component.references)
                .filter(each -> each.name.equals(reference))
                .map((ReferenceDTO each) -> each.interfaceName)
                .findFirst()
                .orElse(reference);
    }

    /** A component that would register such a service, if it had what it needs. */
    private static Optional<ComponentDescriptionDTO> whoWouldOffer(
            String type, ServiceComponentRuntime runtime) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(each -> Stream.of(each.serviceInterfaces).anyMatch(type::equals))
                .filter(
                        each ->
                                runtime.getComponentConfigurationDTOs(each).stream()
                                        .allMatch(one -> (one.state & UNSATISFIED) != 0))
                .findFirst();
    }
}
