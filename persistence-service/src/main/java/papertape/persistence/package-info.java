/**
 * Every journaled channel into QuestDB: the sink that writes, the server it can run by itself, and the audit that counts
 * what arrived. The tables are described in docs/database.md.
 */
@NullMarked
package papertape.persistence;

import org.jspecify.annotations.NullMarked;
