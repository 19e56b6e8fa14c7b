package orchestrator.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the place of a value of a document in the file that it was read from. */
@ProviderType
@FunctionalInterface
public interface SourceMap {

    /** For documents that came from no file. */
    SourceMap NONE = path -> "";

    /**
     * The place of a value, for people.
     *
     * @param path keys (String) and positions (Integer) from the root of the document
     * @return for example {@code ingest.workflow.yaml, line 12, column 5}; empty if unknown
     */
    String locate(List<Object> path);
}
