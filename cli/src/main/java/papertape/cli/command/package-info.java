/** The commands of {@code papertape}, one class each. */
@NullMarked
package papertape.cli.command;

import org.jspecify.annotations.NullMarked;
