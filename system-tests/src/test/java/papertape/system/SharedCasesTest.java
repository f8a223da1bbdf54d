package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.sim.replay.Recording;

/**
 * The recordings of public bug reports, as they are beside the project in {@code shared/cases}, each through a stack of its
 * own; skipped where they are not there. What they show is tested without them in {@code VenueKindsTest}, {@code
 * WholeBookTest}, {@code RecordingTest} and {@code RecordedInstrumentsTest}, except for the cases 05, 06, 22 and 23.
 */
final class SharedCasesTest {
    private static final String BTC = "COINBASE:BTC-USD";
    private static final String USDT = "BINANCE:BTCUSDT";

    @TempDir
    Path folder;

    private PlayedCase.Result play(String name) throws IOException, InterruptedException {
        Path file = find(name);
        assumeTrue(file != null, "shared/cases is not beside the project: skipped");
        PlayedCase.Result result = PlayedCase.of(Recording.read(file), folder.resolve(name));
        assertThat(result.report().problems()).isEmpty();
        assertThat(result.report().duplicates()).isZero();
        assertThat(result.report().deadLetters()).isZero();
        return result;
    }

    private static Path find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared").resolve("cases").resolve(name).resolve("input.tsv");
            if (Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }

    @Test
    void case_01_exponents_in_a_snapshot() throws Exception {
        PlayedCase.Result result = play("01-coinbase-exponent-snapshot");
        assertThat(result.quotes("COINBASE:ZRX-BTC")).endsWith("0.00000052@10/0.0000006@1000");
        assertThat(result.trades("COINBASE:ZRX-BTC")).containsExactly("1704153600200000 2@0.0000006");
    }

    @Test
    void case_02_an_update_with_an_exponent_is_applied() throws Exception {
        assertThat(play("02-coinbase-unreadable-update-keeps-wrong-book").quotes(BTC))
                .endsWith("100@1/102@1");
    }

    @Test
    void case_03_aggregates_out_of_order() throws Exception {
        PlayedCase.Result result = play("03-binance-aggtrades-out-of-order");
        assertThat(result.trades("BINANCE:BNBUSDT")).hasSize(10);
        assertThat(result.report().instruments().get("BINANCE:BNBUSDT").volume())
                .hasToString("10");
        assertThat(result.bars("BINANCE:BNBUSDT", "1s")).startsWith("649.35 649.43 649.35 649.43 9");
    }

    @Test
    void case_04_one_id_for_two_trades() throws Exception {
        PlayedCase.Result result = play("04-binance-one-aggtrade-id-for-two-trades");
        assertThat(result.report().instruments().get("BINANCE:ZILBTC").trades()).isEqualTo(4);
        assertThat(result.report().instruments().get("BINANCE:ZILBTC").volume()).hasToString("26729");
    }

    @Test
    void case_05_a_later_id_with_an_earlier_time() throws Exception {
        PlayedCase.Result result = play("05-binance-later-id-earlier-time");
        assertThat(result.report().instruments().get(USDT).trades()).isEqualTo(4);
        assertThat(result.report().instruments().get(USDT).volume()).hasToString("1.091506");
        assertThat(result.trades(USDT))
                .as("the late one keeps its own time")
                .contains("1704153601000000 0.004901@11498.75");
    }

    @Test
    void case_06_rows_of_size_zero_in_a_snapshot() throws Exception {
        assertThat(play("06-coinbase-zero-rows-in-snapshot").quotes("COINBASE:BTC-EUR"))
                .containsExactly("100@1/102@2", "-/102@2", "98@1/102@2");
    }

    @Test
    void case_07_single_trades_and_tickers() throws Exception {
        PlayedCase.Result result = play("07-binance-trade-stream");
        assertThat(result.report().instruments().get(USDT).trades()).isEqualTo(2);
        assertThat(result.report().instruments().get(USDT).volume()).hasToString("0.75");
    }

    @Test
    void case_11_a_symbol_is_not_split_by_its_last_letters() throws Exception {
        play("11-binance-tusd-split");
        String settings =
                Files.readString(folder.resolve("11-binance-tusd-split").resolve("recorded-instruments.yaml"));
        assertThat(settings)
                .contains("quote: \"BTCTUSD\"", "quote: \"BTCAEUR\"")
                .doesNotContain("quote: \"USD\"", "quote: \"EUR\"");
    }

    @Test
    void case_12_a_symbol_of_other_letters_does_not_refuse_the_file() throws Exception {
        PlayedCase.Result result = play("12-binance-non-ascii-symbol");
        assertThat(result.report().instruments().get(USDT).volume()).hasToString("0.5");
        assertThat(result.quotes(USDT)).containsExactly("100@1/101@1");
    }

    @Test
    void case_13_a_crossed_book() throws Exception {
        PlayedCase.Result result = play("13-coinbase-crossed-book");
        assertThat(result.statuses(BTC)).contains("gap");
        assertThat(result.quotes(BTC)).containsExactly("10088@1/10089@1", "10090@1/10091@1");
    }

    @Test
    void case_18_an_update_of_the_year_one() throws Exception {
        assertThat(play("18-coinbase-year-one-time").quotes(BTC)).endsWith("100@1/102@1");
    }

    @Test
    void case_19_the_reply_to_a_subscription() throws Exception {
        long begun = System.nanoTime();
        assertThat(play("19-binance-subscription-reply-in-recording").quotes(USDT))
                .containsExactly("100@1/101@1");
        assertThat(System.nanoTime() - begun).as("it does not stand still").isLessThan(100_000_000_000L);
    }

    @Test
    void case_22_two_connections_overlap() throws Exception {
        PlayedCase.Result result = play("22-two-connections-overlap");
        assertThat(result.report().instruments().get(BTC).volume()).hasToString("9");
        assertThat(result.quotes(BTC)).containsExactly("100@1/101@1", "100.5@1/101.5@1");
        assertThat(result.trades(BTC))
                .containsExactly("1704153600100000 2@101", "1704153600200000 3@101", "1704153600400000 4@101");
    }

    @Test
    void case_23_book_tickers_and_trades_without_depth() throws Exception {
        PlayedCase.Result result = play("23-binance-bookticker-and-trades-without-depth");
        assertThat(result.trades(USDT))
                .containsExactly(
                        "1704153600010000 1@100",
                        "1704153605000000 1@110",
                        "1704153665000000 1@120",
                        "1704153730000000 1@130");
        assertThat(result.bars(USDT, "1s")).hasSize(3);
        assertThat(result.bars(USDT, "1m")).isEqualTo(List.of("100 110 100 110 2", "120 120 120 120 1"));
    }
}
