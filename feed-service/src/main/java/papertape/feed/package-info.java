/**
 * The venue connections: {@code VenueSource} is what the runtime sees; an adapter (pure) knows a venue's protocol, a
 * client moves bytes, the {@code Inbox} between them bounds memory.
 */
@NullMarked
package papertape.feed;

import org.jspecify.annotations.NullMarked;
