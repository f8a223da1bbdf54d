/** Tests over real processes, a real Redis and a real QuestDB. */
@NullMarked
package papertape.system;

import org.jspecify.annotations.NullMarked;
