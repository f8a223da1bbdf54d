/** Doing a stack harm, by a seeded schedule, and proving that it made no difference. */
@NullMarked
package papertape.cli.chaos;

import org.jspecify.annotations.NullMarked;
