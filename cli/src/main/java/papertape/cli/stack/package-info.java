/** The stack as processes of this machine: what is started, in which order, with which settings, and how it ends. */
@NullMarked
package papertape.cli.stack;

import org.jspecify.annotations.NullMarked;
