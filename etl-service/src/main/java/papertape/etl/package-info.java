/**
 * Venue messages to market data: trades, quotes, order books, bars and marks, each once and in order, and a status that
 * says when they are not to be believed.
 */
@NullMarked
package papertape.etl;

import org.jspecify.annotations.NullMarked;
