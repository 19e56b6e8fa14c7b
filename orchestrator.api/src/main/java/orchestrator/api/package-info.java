/** What a plugin author needs: tasks, workflows and what a task sees of its run. */
@Version("1.0.0")
@Export
package orchestrator.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
