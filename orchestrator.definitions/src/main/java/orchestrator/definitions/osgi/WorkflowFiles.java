package orchestrator.definitions.osgi;

import java.io.InputStream;
import orchestrator.api.Workflow;
import orchestrator.api.definition.WorkflowReader;
import orchestrator.definitions.WorkflowFile;
import org.osgi.service.component.annotations.Component;

/** Reads workflow files for whoever asks. */
@Component
public final class WorkflowFiles implements WorkflowReader {

    @Override
    public Workflow read(String file, InputStream in) {
        return WorkflowFile.read(file, in);
    }
}
