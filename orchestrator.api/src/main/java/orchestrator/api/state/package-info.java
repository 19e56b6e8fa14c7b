/**
 * The storage contract. Written by backends and used by the engine; both are built for one minor version of this
 * package. The suite {@code StateBackendContract} of the testkit proves a backend.
 */
@Version("1.0.0")
@Export
package orchestrator.api.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
