package papertape.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
                .containsExactly("BLZETH BLZ ETH", "LRCBTC LRC BTC", "NKNUSDT NKN USDT", "RUNEEUR RUNE EUR");
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
