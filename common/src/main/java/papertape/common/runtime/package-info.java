/**
 * The shell around every stage: tasks and leases, batches and commits, recovery, measuring. The same for all services.
 */
@NullMarked
package papertape.common.runtime;

import org.jspecify.annotations.NullMarked;
