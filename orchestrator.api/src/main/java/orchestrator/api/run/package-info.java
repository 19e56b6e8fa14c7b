/** Starting runs, steering them and looking at them. */
@Version("1.0.0")
@Export
package orchestrator.api.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
