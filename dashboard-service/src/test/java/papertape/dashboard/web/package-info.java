@NullMarked
package papertape.dashboard.web;

import org.jspecify.annotations.NullMarked;
