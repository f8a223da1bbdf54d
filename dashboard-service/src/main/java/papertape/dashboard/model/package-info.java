/** What the page shows, made of published messages only. Written by one thread, read by those that answer browsers. */
@NullMarked
package papertape.dashboard.model;

import org.jspecify.annotations.NullMarked;
