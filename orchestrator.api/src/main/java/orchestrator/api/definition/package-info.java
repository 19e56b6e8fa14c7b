/** The canonical form of a workflow: its checks, its canonical bytes and its hash. */
@Version("1.0.0")
@Export
package orchestrator.api.definition;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
