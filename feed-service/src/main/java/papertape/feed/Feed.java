package papertape.feed;

import java.util.Collection;
import papertape.common.value.Instrument;

/** What fills an inbox: keeps up its connection by itself, on its own threads. */
interface Feed extends AutoCloseable {
    /** From now on these instruments; the inbox knows already. */
    void want(Collection<Instrument> instruments);

    /** A fresh snapshot is needed. Any thread. */
    void resync(Instrument instrument, String reason);

    @Override
    void close();
}
