@NullMarked
package papertape.feed;

import org.jspecify.annotations.NullMarked;
