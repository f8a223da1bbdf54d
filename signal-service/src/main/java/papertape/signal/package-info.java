/** Market data to signals: runs the strategies, the built-in ones and those of the user's jars. */
@NullMarked
package papertape.signal;

import org.jspecify.annotations.NullMarked;
