/**
 * The bus: channels, frames, journals, leases and the scripts that commit. The only package that knows Jedis.
 */
@NullMarked
package papertape.common.bus;

import org.jspecify.annotations.NullMarked;
