@NullMarked
package papertape.dashboard.model;

import org.jspecify.annotations.NullMarked;
