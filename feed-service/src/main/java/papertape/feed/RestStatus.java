package papertape.feed;

/** What a venue's HTTP status means for somebody who only reads public market data. */
final class RestStatus {
    private RestStatus() {}

    static String refusal(int status) {
        return "the venue answered HTTP " + explained(Integer.toString(status));
    }

    static String explained(String status) {
        return switch (status) {
            case "401", "403" -> status + " (it wants other credentials, or does not serve this address)";
            case "429", "418" -> status + " (too many requests from this address)";
            case "451" -> status + " (unavailable for legal reasons: it does not serve this country)";
            default -> status;
        };
    }
}
