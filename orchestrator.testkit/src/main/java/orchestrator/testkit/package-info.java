/** What authors of plugins and backends test with. Never part of an installed feature. */
@Version("1.0.0")
@Export
package orchestrator.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
