/** What the pages of docs say, held against the sources. */
@NullMarked
package papertape.cli.docs;

import org.jspecify.annotations.NullMarked;
