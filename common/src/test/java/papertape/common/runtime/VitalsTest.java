package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import papertape.common.config.ConfigException;
import papertape.common.message.Header;
import papertape.common.message.Pnl;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

class VitalsTest {
    private static final int LONG_LEASE_MS = 60_000;

    @Test
    void isNotWellUntilRedisIsConnected() throws Exception {
        Vitals vitals = new Vitals(LONG_LEASE_MS);
        try (VitalsServer server = VitalsServer.open("", 0, vitals, "etl", "etl-1")) {
            assertThat(get(server, "/health").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health").body()).contains("\"status\":\"failing\"", "not connected to redis");

            vitals.connected();
            assertThat(get(server, "/health").body()).contains("not subscribed to its channels");
            vitals.listening(true);

            assertThat(get(server, "/health").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health").body()).contains("\"status\":\"ok\"", "\"worker\":\"etl-1\"");
        }
    }

    @Test
    void isNotWellAfterThreeLeasesWithoutABeatAndWellAgainWithTheNext() {
        int leaseMs = 20;
        Vitals vitals = new Vitals(leaseMs);
        vitals.connected();
        vitals.listening(true);

        Awaitility.await().until(() -> vitals.complaint().startsWith("no sign of life"));
        Awaitility.await().until(() -> {
            vitals.beaten();
            return vitals.complaint().isEmpty();
        });
    }

    @Test
    void metricsSayWhatTheWorkerSaysOfItself() throws Exception {
        Vitals vitals = new Vitals(LONG_LEASE_MS);
        try (VitalsServer server = VitalsServer.open("", 0, vitals, "etl", "etl-1")) {
            assertThat(vitals.isAsked()).isTrue();
            vitals.connected();
            vitals.listening(true);
            vitals.said(new WorkerStats(
                    "etl",
                    "etl-1",
                    1,
                    0,
                    List.of("etl.0", "etl.1"),
                    1_000,
                    2_000,
                    10,
                    20,
                    5,
                    1_500,
                    2_500_000,
                    3,
                    new TreeMap<>(Map.of("commits", 77L)),
                    null));

            assertThat(get(server, "/metrics").body())
                    .contains("# TYPE papertape_messages_in_total counter")
                    .contains("papertape_messages_in_total{stage=\"etl\",worker=\"etl-1\"} 1000.0")
                    .contains("papertape_messages_out_rate{stage=\"etl\",worker=\"etl-1\"} 20.0")
                    .contains("papertape_lag_messages{stage=\"etl\",worker=\"etl-1\"} 5.0")
                    .contains("papertape_partitions_owned{stage=\"etl\",worker=\"etl-1\"} 2.0")
                    .contains("papertape_delay_seconds{stage=\"etl\",worker=\"etl-1\",quantile=\"0.5\"} 0.0015")
                    .contains("papertape_delay_seconds{stage=\"etl\",worker=\"etl-1\",quantile=\"0.99\"} 2.5")
                    .contains("papertape_dead_letters_total{stage=\"etl\",worker=\"etl-1\"} 3.0")
                    .contains("papertape_worker_counts{name=\"commits\",stage=\"etl\",worker=\"etl-1\"} 77.0")
                    .contains("papertape_healthy{stage=\"etl\",worker=\"etl-1\"} 1.0");
        }
    }

    @Test
    void metricsHoldPositionsAndEquityOfTheAccounts() throws Exception {
        Vitals vitals = new Vitals(LONG_LEASE_MS);
        vitals.reported(List.of(whole("demo", "100012.5"), position("demo", "SIM:BTC-USD", "-0.5")));
        try (VitalsServer server = VitalsServer.open("", 0, vitals, "pnl", "pnl-1")) {
            assertThat(get(server, "/metrics").body())
                    .contains("papertape_account_equity{account=\"demo\"} 100012.5")
                    .contains("papertape_position{account=\"demo\",instrument=\"SIM:BTC-USD\"} -0.5")
                    .doesNotContain("papertape_account_equity{account=\"demo\",instrument");
        }
    }

    @Test
    void theHealthCheckPassesOnAWellServiceAndTellsTheReasonOtherwise() {
        Vitals vitals = new Vitals(LONG_LEASE_MS);
        VitalsServer server = VitalsServer.open("", 0, vitals, "etl", "etl-1");
        String url = "http://127.0.0.1:" + server.port() + "/health";

        assertThat(HealthCheck.ask(url)).contains("not connected to redis");
        vitals.connected();
        vitals.listening(true);
        assertThat(HealthCheck.ask(url)).isEmpty();
        server.close();

        assertThat(HealthCheck.ask(url)).contains(url);
        assertThat(HealthCheck.ask("http://127.0.0.1:/health")).isNotEmpty();
    }

    @Test
    void thereIsNoServerUnlessAPortIsNamed() {
        Vitals vitals = new Vitals(LONG_LEASE_MS);

        assertThat(VitalsServer.open(Map.of(), vitals, "etl", "etl-1")).isNull();
        assertThat(VitalsServer.open(Map.of(VitalsServer.PORT, "0"), vitals, "etl", "etl-1"))
                .isNull();
        assertThat(vitals.isAsked()).isFalse();
        assertThatThrownBy(() -> VitalsServer.open(Map.of(VitalsServer.PORT, "http"), vitals, "etl", "etl-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PAPERTAPE_HTTP_PORT is not a port: http");
    }

    private static HttpResponse<String> get(VitalsServer server, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static Pnl whole(String account, String equity) {
        Money money = Money.of(equity);
        return new Pnl(
                header(),
                new AccountId(account),
                null,
                null,
                null,
                null,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                money,
                money,
                money,
                Money.ZERO,
                false);
    }

    private static Pnl position(String account, String instrument, String quantity) {
        return new Pnl(
                header(),
                new AccountId(account),
                Instrument.of(instrument),
                Qty.of(quantity),
                Price.of("60000"),
                Price.of("60000"),
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                null,
                null,
                null,
                null,
                false);
    }

    private static Header header() {
        return new Header(new MessageId("pnl.0-1"), 1, null, 1);
    }
}
