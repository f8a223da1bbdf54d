/** The one configuration file and the environment that overrides it, read once into records. */
@NullMarked
package papertape.common.config;

import org.jspecify.annotations.NullMarked;
