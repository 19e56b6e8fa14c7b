package orchestrator.api.definition;

import java.io.InputStream;
import orchestrator.api.Workflow;
import org.osgi.annotation.versioning.ProviderType;

/** Reads workflow files, as they are read in {@code deploy/}, and registers nothing. Thread safe. */
@ProviderType
public interface WorkflowReader {

    /**
     * Reads a file, in YAML or JSON, to its end or until it is too long. A broken file gives a workflow too: it says what is
     * wrong, each with its line and column, when it is described.
     *
     * @param file the name that messages give it
     */
    Workflow read(String file, InputStream in);
}
