/** The command line. */
@NullMarked
package papertape.cli;

import org.jspecify.annotations.NullMarked;
