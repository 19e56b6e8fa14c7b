package itests.felix;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** What Declarative Services has made of the components of some bundles. A component that was activated anew has another id. */
final class Components {
    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final Set<String> bundles;

    Components(BundleContext context, String... bundles) {
        this.context = context;
        this.runtime = new Platform(context).service(ServiceComponentRuntime.class);
        this.bundles = Set.of(bundles);
    }

    /** One line for each configuration of a component: its name, its id, its state. */
    List<String> now() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundles.contains(bundle.getSymbolicName()))
                .flatMap(bundle -> runtime.getComponentDescriptionDTOs(bundle).stream())
                .flatMap(d -> runtime.getComponentConfigurationDTOs(d).stream())
                .map(Components::line)
                .sorted()
                .toList();
    }

    /** How many of them are active. */
    long active() {
        return now().stream().filter(line -> line.endsWith("active")).count();
    }

    private static String line(ComponentConfigurationDTO configuration) {
        String state =
                configuration.state == ComponentConfigurationDTO.ACTIVE
                        ? "active"
                        : "in state " + configuration.state;
        return configuration.description.name + " " + configuration.id + " " + state;
    }
}
