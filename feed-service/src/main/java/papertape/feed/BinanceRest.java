package papertape.feed;

import papertape.common.value.Instrument;

/** What Binance gives over REST only: a book's snapshot, and a symbol's status. */
final class BinanceRest implements WebSocketFeed.Snapshots {
    private final DepthSnapshots books;
    private final SymbolStatuses statuses;

    BinanceRest(DepthSnapshots books, SymbolStatuses statuses) {
        this.books = books;
        this.statuses = statuses;
    }

    @Override
    public void connected() {
        statuses.refresh();
    }

    @Override
    public void request(Instrument instrument, long generation) {
        books.request(instrument, generation);
    }

    @Override
    public void close() {
        books.close();
        statuses.close();
    }
}
