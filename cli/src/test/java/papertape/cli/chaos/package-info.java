@NullMarked
package papertape.cli.chaos;

import org.jspecify.annotations.NullMarked;
