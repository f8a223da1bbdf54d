/** For tests of stages and of users' strategies: no Redis, no threads, no clock. */
@NullMarked
package papertape.common.testkit;

import org.jspecify.annotations.NullMarked;
