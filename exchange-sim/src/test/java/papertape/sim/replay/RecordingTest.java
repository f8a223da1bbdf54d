package papertape.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;
import papertape.sim.SharedData;

class RecordingTest {
    private static final String GOOD =
            "1000\t{\"type\":\"match\",\"product_id\":\"A-B\",\"price\":\"1.50\",\"size\":\"2\"}\n";

    @TempDir
    Path folder;

    @Test
    void keepsTheTextUntouched() throws IOException {
        String text = "{ \"type\":\"x\",  \"product_id\":\"A-B\", \"name\":\"\u00e9\t\" }";
        assertThatThrownBy(() -> read("5\t" + text)).hasMessageContaining("not JSON");
        String escaped = text.replace("\t", "\\t");
        assertThat(read("5\t" + escaped).line(0)).isEqualTo(new Recording.Line(5, "A-B", escaped));
    }

    private static String status(String product, boolean isCancelOnly) {
        return "{\"id\":\"" + product + "\",\"status\":\"online\",\"cancel_only\":" + isCancelOnly + "}";
    }

    private static String statuses(String... products) {
        return "2000\t{\"type\":\"status\",\"products\":[" + String.join(",", products)
                + "],\"currencies\":[{\"id\":\"A\",\"details\":{\"type\":\"crypto\"}}]}\n";
    }

    @Test
    void a_status_message_becomes_a_line_for_each_recorded_product_whose_status_has_changed() throws IOException {
        Recording recording = read(statuses(status("A-B", false), status("X-Y", false), status("C-D", false))
                + GOOD
                + GOOD.replace("A-B", "C-D")
                + statuses(status("A-B", false), status("C-D", true), status("X-Y", true))
                + "3000\t{\"type\":\"status\",\"products\":[" + status("C-D", true) + "]}\n"
                + "4000\t{\"type\":\"subscriptions\"}\n");

        assertThat(recording.size()).isEqualTo(6);
        assertThat(List.of(recording.line(0), recording.line(1), recording.line(4)))
                .containsExactly(
                        new Recording.Line(
                                2_000, "A-B", "{\"type\":\"status\",\"products\":[" + status("A-B", false) + "]}"),
                        new Recording.Line(
                                2_000, "C-D", "{\"type\":\"status\",\"products\":[" + status("C-D", false) + "]}"),
                        new Recording.Line(
                                2_000, "C-D", "{\"type\":\"status\",\"products\":[" + status("C-D", true) + "]}"));
        assertThat(recording.products()).containsExactly("A-B", "C-D");
        assertThat(recording.productLines()).isEqualTo(5);
        assertThat(recording.notes()).singleElement().asString().startsWith("3 messages tell the status of products");
    }

    @Test
    void the_exchange_information_of_binance_becomes_lines_of_the_recorded_symbols() throws IOException {
        String ticker =
                "1000\t{\"stream\":\"nknusdt@bookTicker\",\"data\":{\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}\n";
        String halted = "{\"symbol\":\"NKNUSDT\",\"status\":\"HALT\",\"baseAsset\":\"NKN\",\"quoteAsset\":\"USDT\"}";
        String part = "{\"stream\":\"nknusdt@exchangeInfo\",\"data\":{\"symbols\":[" + halted + "]}}";
        Path file = folder.resolve("binance.tsv");
        Files.writeString(
                file,
                ticker + "2000\t{\"timezone\":\"UTC\",\"symbols\":[" + halted
                        + ",{\"symbol\":\"BTCUSDT\",\"status\":\"TRADING\"}]}\n3000\t" + part + "\n");

        Recording recording = Recording.read(file);

        assertThat(recording.size()).isEqualTo(2);
        assertThat(recording.line(1)).isEqualTo(new Recording.Line(2_000, "NKNUSDT", part));
        assertThat(recording.instruments().getFirst().base()).isEqualTo("NKN");
    }

    @Test
    void acceptsTimeThatGoesBackwards() throws IOException {
        assertThat(read(GOOD + GOOD.replace("1000", "900")).size()).isEqualTo(2);
    }

    @Test
    void namesTheLineWithoutTab() {
        assertDamaged(GOOD + GOOD + "1000 {}\n", "line 3: no tab");
    }

    @Test
    void namesTheLineWithoutNumericTime() {
        assertDamaged(GOOD + "12:30\t{}\n", "line 2: receive time \"12:30\" is not a number");
    }

    @Test
    void namesTheLineThatIsNotJson() {
        assertDamaged(GOOD + "1000\t{\"type\":\n" + GOOD, "line 2: the message is not JSON");
        assertDamaged(GOOD + "1000\t{} {}\n", "line 2: the message is not JSON");
    }

    @Test
    void namesTheLineThatIsNotAnObject() {
        assertDamaged("1000\t[1]\n", "line 1: the message is not a JSON object");
        assertDamaged("1000\t\n", "line 1: the message is not a JSON object");
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("r.tsv");
        byte[] bytes = (GOOD + "1000\t{\"x\":\"?\"}\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        bytes[GOOD.length() + 11] = (byte) 0xff;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Recording.read(file, VenueProtocol.COINBASE))
                .hasMessageContaining("line 2: not UTF-8");
    }

    @Test
    void refusesAnEmptyFile() {
        assertDamaged("", "empty");
    }

    @Test
    void namesTheLineWhereATruncatedGzipEnds() throws IOException {
        byte[] whole = gzip(GOOD.repeat(1000) + "7\t{\"type\":\"last\"}\n");
        Path file = folder.resolve("r.tsv.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> Recording.read(file, VenueProtocol.COINBASE))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("truncated")
                .hasMessageContaining(", line ");
    }

    @Test
    void refusesAGzipThatIsNone() throws IOException {
        Path file = folder.resolve("r.tsv.gz");
        Files.writeString(file, GOOD);
        assertThatThrownBy(() -> Recording.read(file, VenueProtocol.COINBASE))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("line 1: the compressed data is damaged");
    }

    @Test
    void derivesTickAndLotFromTheDecimalsSeenInTheWholeFile() throws IOException {
        InstrumentSettings settings = read(GOOD
                        + "1\t{\"product_id\":\"A-B\",\"changes\":[[\"buy\",\"1.2340\",\"0.050\"]]}\n"
                        + "1\t{\"product_id\":\"A-B\",\"open_24h\":\"1.23456789\"}\n")
                .instruments()
                .getFirst();
        assertThat(settings.name()).isEqualTo(Instrument.of("COINBASE:A-B"));
        assertThat(settings.tick()).hasToString("0.001");
        assertThat(settings.lot()).hasToString("0.01");
        assertThat(settings.minQty()).hasToString("0.01");
        assertThat(settings.base()).isEqualTo("A");
        assertThat(settings.quote()).isEqualTo("B");
    }

    @Test
    void readsTheRecordedCoinbaseFile() throws IOException {
        Recording recording = Recording.read(SharedData.file("coinbase-2021-04-17.tsv.gz"), VenueProtocol.COINBASE);
        assertThat(recording.size()).isEqualTo(5926);
        assertThat(recording.products()).containsExactly("BAND-GBP", "DASH-BTC", "SKL-GBP", "SKL-USD", "YFI-BTC");
        assertThat(recording.instruments())
                .extracting(settings -> settings.name() + " " + settings.tick() + " " + settings.lot())
                .containsExactly(
                        "COINBASE:BAND-GBP 0.0001 0.01",
                        "COINBASE:DASH-BTC 0.00000001 0.001",
                        "COINBASE:SKL-GBP 0.0001 0.1",
                        "COINBASE:SKL-USD 0.0001 0.1",
                        "COINBASE:YFI-BTC 0.00001 0.000001");
    }

    @Test
    void readsTheRecordedBinanceFile() throws IOException {
        Recording recording = Recording.read(SharedData.file("binance-2021-10-12.tsv.gz"), VenueProtocol.BINANCE);
        assertThat(recording.size()).isEqualTo(265);
        assertThat(recording.instruments())
                .extracting(settings -> settings.name().symbol() + " " + settings.base() + " " + settings.quote())
                .containsExactly(
                        "BLZETH BLZETH BLZETH",
                        "LRCBTC LRCBTC LRCBTC",
                        "NKNUSDT NKNUSDT NKNUSDT",
                        "RUNEEUR RUNEEUR RUNEEUR");
    }

    @Test
    void tickAndLotFollowFromValuesNotFromText() throws IOException {
        InstrumentSettings settings =
                read("1\t{\"type\":\"snapshot\",\"product_id\":\"A-B\",\"bids\":[[\"5.1e-7\",\"150000\"],[\"1e-8\",\"5.4e12\"]],"
                                + "\"asks\":[[6e-7,\"1E+3\"],[\"0.00000070\",\"odd\"]]}\n")
                        .instruments()
                        .getFirst();
        assertThat(settings.tick()).hasToString("0.00000001");
        assertThat(settings.lot()).hasToString("1");
        InstrumentSettings small =
                read("1\t{\"type\":\"match\",\"product_id\":\"A-B\",\"price\":9.486E-11,\"size\":\"5.4e12\"}\n")
                        .instruments()
                        .getFirst();
        assertThat(small.tick()).hasToString("0.00000000000001");
        assertThat(small.maxQty().value()).isGreaterThan(new java.math.BigDecimal("5.4e12"));
    }

    @Test
    void aSymbolIsNotSplitIntoCurrenciesByItsLastLetters() throws IOException {
        String lines = line(1, "BTCTUSD") + line(2, "BTCAEUR") + line(3, "BTCBRL");
        assertThat(currencies(lines, VenueProtocol.BINANCE))
                .containsExactly("BTCAEUR/BTCAEUR", "BTCBRL/BTCBRL", "BTCTUSD/BTCTUSD");
        String told = "1\t{\"timezone\":\"UTC\",\"symbols\":[{\"symbol\":\"BTCTUSD\",\"status\":\"TRADING\","
                + "\"baseAsset\":\"BTC\",\"quoteAsset\":\"TUSD\"}]}\n";
        assertThat(currencies(told + lines, VenueProtocol.BINANCE))
                .as("the venue's own product data")
                .containsExactly("BTCAEUR/BTCAEUR", "BTCBRL/BTCBRL", "BTC/TUSD");
        String status = "1\t{\"type\":\"status\",\"products\":[{\"id\":\"A-B\",\"base_currency\":\"AA\","
                + "\"quote_currency\":\"BB\"}]}\n";
        assertThat(currencies(GOOD + status, VenueProtocol.COINBASE)).containsExactly("AA/BB");
        assertThat(currencies(GOOD.replace("A-B", "A-B-PERP"), VenueProtocol.COINBASE))
                .containsExactly("A-B-PERP/A-B-PERP");
    }

    private List<String> currencies(String content, VenueProtocol venue) throws IOException {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, content);
        return Recording.read(file, venue).instruments().stream()
                .map(settings -> settings.base() + "/" + settings.quote())
                .toList();
    }

    private static String line(long time, String symbol) {
        return time + "\t{\"stream\":\"" + symbol.toLowerCase(java.util.Locale.ROOT)
                + "@bookTicker\",\"data\":{\"u\":1,\"s\":\"" + symbol
                + "\",\"b\":\"0.2\",\"B\":\"1\",\"a\":\"0.21\",\"A\":\"1\"}}\n";
    }

    @Test
    void oneForeignSymbolPlaysAndOneThatCannotBeAnInstrumentIsLeftOutByName() throws IOException {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, line(1, "BTCUSDT") + line(2, "\u5e01USDT") + line(3, "A B") + line(4, "BTCUSDT"));
        Recording recording = Recording.read(file);
        assertThat(recording.products()).containsExactly("BTCUSDT", "\u5e01USDT");
        assertThat(recording.size()).isEqualTo(3);
        assertThat(recording.notes())
                .containsExactly("1 messages of \"A B\" are left out: the name cannot be an instrument's");
        assertThatThrownBy(() -> {
                    Files.writeString(file, line(1, "BTCUSDT") + "x");
                    Recording.read(file);
                })
                .hasMessageContaining("line 2: no tab");
    }

    @Test
    void theVenueIsThatOfTheFirstMessageThatShowsOne() throws IOException {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, "1\t{\"result\":null,\"id\":1}\n" + line(2, "BTCUSDT"));
        assertThat(Recording.read(file).venue()).isEqualTo(VenueProtocol.BINANCE);
        assertThat(Recording.read(file).productLines()).isEqualTo(1);
        assertThatThrownBy(() -> Recording.read(file, VenueProtocol.COINBASE))
                .hasMessageContaining("no message is about a product of coinbase (the messages are binance's)");
        Files.writeString(file, "1\t{\"event\":\"subscribe\"}\n");
        assertThatThrownBy(() -> Recording.read(file)).hasMessageContaining("no message shows its venue");
        Files.writeString(file, GOOD);
        assertThat(Recording.read(file).venue()).isEqualTo(VenueProtocol.COINBASE);
    }

    @Test
    void receiveTimesInAnotherUnitAreConvertedAndSaidToBe() throws IOException {
        for (String time : List.of("1704153600", "1704153600000", "1704153600000000", "1704153600000000000")) {
            Recording recording = read(GOOD.replace("1000", time));
            assertThat(recording.line(0).micros()).as(time).isEqualTo(1_704_153_600_000_000L);
            assertThat(recording.notes()).hasSize(time.length() == 16 ? 0 : 1);
        }
        assertThat(read(GOOD.replace("1000", "1704153600123")).notes())
                .containsExactly("the receive times are in milliseconds: converted to microseconds");
        assertDamaged(
                GOOD.replace("1000", "1704153600000000") + GOOD.replace("1000", "1704153600"),
                "line 2: receive time 1704153600 is in seconds, those before are in microseconds");
    }

    private void assertDamaged(String content, String problem) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("r.tsv")
                .hasMessageContaining(problem);
    }

    private Recording read(String content) throws IOException {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, content);
        return Recording.read(file, VenueProtocol.COINBASE);
    }

    private static byte[] gzip(String content) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
