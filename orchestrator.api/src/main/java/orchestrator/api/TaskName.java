package orchestrator.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name under which workflows find a {@link Task} service: the service property {@code task.name}. The property
 * {@code task.version} gives its version, by default the version of the bundle.
 *
 * <p>The annotation requires an orchestrator at run time in a way that makes no wire: refreshing the engine restarts no
 * plugin.
 */
@ComponentPropertyType
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@Requirement(namespace = "osgi.implementation", name = "orchestrator", effective = "active")
public @interface TaskName {

    /** Letters, digits, {@code . _ - /}, beginning with a letter: {@code knowledge.validate}. */
    String value();
}
