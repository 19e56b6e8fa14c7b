package orchestrator.examples.knowledge.osgi;

import java.nio.file.Path;
import orchestrator.api.TaskFailure;
import orchestrator.examples.knowledge.document.BrokenDocument;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.document.KnowledgeDocument;
import orchestrator.examples.knowledge.document.Tree;

/**
 * A document that validation has judged, as the steps after it are given it: {@code content_path} and {@code document}, an
 * output of {@code knowledge.validate}, or what stands in its place if that item failed.
 */
final class ValidDocument {
    private final ContentFolder folder;
    private final Tree judged;

    private ValidDocument(ContentFolder folder, Tree judged) {
        this.folder = folder;
        this.judged = judged;
    }

    static ValidDocument of(TaskInput input) throws TaskFailure {
        return new ValidDocument(
                ContentFolder.at(input.text("content_path")), input.object("document"));
    }

    /** Whether there is anything to do for it. */
    boolean isValid() {
        return judged.flag("valid");
    }

    Path folder() {
        return folder.path();
    }

    /** Its path; empty if its validation failed. */
    String path() throws TaskFailure {
        String path = judged.text("path");
        return path.isEmpty() ? path : folder.inside(path);
    }

    String id() {
        return judged.text("id");
    }

    /** Reads it again: a document is too large to be carried from step to step. */
    KnowledgeDocument read() throws TaskFailure {
        try {
            return KnowledgeDocument.read(
                    folder.path().resolve(path()), KnowledgeDocument.MAX_BYTES);
        } catch (BrokenDocument e) {
            throw TaskFailure.permanent(
                    "changed",
                    "Expected the document as it was validated, but it has changed: "
                            + e.getMessage());
        }
    }
}
