package papertape.feed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Instrument;

/** Coinbase Exchange's public REST interface, asked at the pace that the venue allows. One thread. */
final class CoinbaseRest implements AutoCloseable {
    static final String ID = "\"trade_id\"";
    /** How far a request reaches back after a pause. */
    static final int MAX_PAGES = 20;
    /** Coinbase allows ten public requests a second. */
    private static final long SPACING_MS = 110;

    private final String restUrl;
    private final int page;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** @param page trades a request: the venue gives at most 1,000 */
    CoinbaseRest(String restUrl, int page) {
        this.page = page;
        this.restUrl = restUrl;
    }

    /**
     * Trades as the venue wrote them, newest first.
     *
     * @param isCut whether the venue has more of them than are asked for
     */
    record Listed(List<String> trades, boolean isCut) {
        /** How many numbers there are between the known trade and the oldest one, where the list is cut. */
        long unreached(long last) {
            return isCut ? Text.number(trades.getLast(), ID) - last - 1 : 0;
        }
    }

    /** Trades after the one with that id; of a product without a known trade only the latest. */
    Listed newTrades(Instrument instrument, long last) throws IOException, InterruptedException {
        List<String> newest = new ArrayList<>();
        String query = "trades?limit=" + page;
        boolean isCut = false;
        for (int i = 0; i < MAX_PAGES; i++) {
            List<String> trades = Text.objects(get(instrument, query));
            long oldest = addNewer(trades, last, newest);
            if (oldest <= last + 1 || last == 0 || trades.size() < page) {
                break;
            }
            isCut = i == MAX_PAGES - 1;
            query = "trades?limit=" + page + "&after=" + oldest;
        }
        return new Listed(last == 0 && !newest.isEmpty() ? newest.subList(0, 1) : newest, isCut);
    }

    /** Adds what is newer, newest first as the venue lists it; returns the oldest id of the page. */
    private static long addNewer(List<String> trades, long last, List<String> newest) {
        long oldest = Long.MAX_VALUE;
        for (String trade : trades) {
            long id = Text.number(trade, ID);
            if (id > last) {
                newest.add(trade);
            }
            oldest = id < 0 ? oldest : Math.min(oldest, id);
        }
        return oldest;
    }

    /** What the venue says about a product. */
    String get(Instrument instrument, String what) throws IOException, InterruptedException {
        return get(instrument.symbol() + "/" + what);
    }

    /** The product itself: its increments, and which orders the venue takes. */
    String product(Instrument instrument) throws IOException, InterruptedException {
        return get(instrument.symbol());
    }

    private String get(String path) throws IOException, InterruptedException {
        Thread.sleep(SPACING_MS);
        URI uri = URI.create(restUrl + "/products/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("User-Agent", "papertape")
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
