package orchestrator.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name of a {@link Workflow} service: the service property {@code workflow.name}. */
@ComponentPropertyType
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@Requirement(namespace = "osgi.implementation", name = "orchestrator", effective = "active")
public @interface WorkflowName {

    /** Letters, digits, {@code . _ : / -}, beginning with a letter. */
    String value();
}
