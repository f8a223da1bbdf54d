/**
 * What venues say and how they say it: one pure adapter a venue, text in, events out. The only package of this service
 * that knows a venue's protocol, and the only one that knows Jackson.
 */
@NullMarked
package papertape.etl.venue;

import org.jspecify.annotations.NullMarked;
