/** What a stage is: a pure function from a state and a message to a new state and messages. */
@NullMarked
package papertape.common.stage;

import org.jspecify.annotations.NullMarked;
