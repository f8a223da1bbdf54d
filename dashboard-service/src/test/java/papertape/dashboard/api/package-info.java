@NullMarked
package papertape.dashboard.api;

import org.jspecify.annotations.NullMarked;
