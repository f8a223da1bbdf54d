/** A real Redis for tests, and a connection to it that can be cut at any step. */
@NullMarked
package papertape.common.testredis;

import org.jspecify.annotations.NullMarked;
