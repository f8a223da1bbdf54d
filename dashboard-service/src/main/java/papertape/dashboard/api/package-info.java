/** Answers to the page's requests: what the model does not send by itself, and changes through the front doors. */
@NullMarked
package papertape.dashboard.api;

import org.jspecify.annotations.NullMarked;
