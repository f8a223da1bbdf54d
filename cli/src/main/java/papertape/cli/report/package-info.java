/** The tearsheet: an account's history as one HTML page that needs nothing but a browser. */
@NullMarked
package papertape.cli.report;

import org.jspecify.annotations.NullMarked;
