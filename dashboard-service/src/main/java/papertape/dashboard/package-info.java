/** The dashboard: a process that reads the channels as every stage does and serves one page of what it has read. */
@NullMarked
package papertape.dashboard;

import org.jspecify.annotations.NullMarked;
