package orchestrator.tasks.files.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of {@code files.*}. */
@ObjectClassDefinition(name = "Orchestrator Tasks: Files", description = "The tasks files.*")
public @interface FilesConfig {

    @AttributeDefinition(
            name = "Roots",
            description = "Folders that tasks may use; relative paths are below the first")
    String[] roots() default {};

    @AttributeDefinition(name = "Longest file read or written (bytes)", min = "1")
    int max_bytes() default 1_048_576;

    @AttributeDefinition(name = "Most files of one list", min = "1")
    int max_listed() default 10_000;
}
