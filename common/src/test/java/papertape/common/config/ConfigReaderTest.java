package papertape.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.value.Instrument;
import papertape.common.value.Money;

class ConfigReaderTest {
    @TempDir
    Path directory;

    @Test
    void shippedFileHasTheDefaults() {
        Config config = ConfigReader.defaults(Map.of());

        assertThat(config.bus()).isEqualTo(new BusSettings("pt:", 8, 3000, 100000, 1048576, 1024, 60000, 4000));
        assertThat(config.limits().maxNotional()).isEqualTo(Money.of("25000"));
        assertThat(config.accounts())
                .extracting(account -> account.name().value())
                .containsExactly("demo", "margin");
        assertThat(config.venues()).extracting(VenueSettings::name).doesNotContain("*");
        assertThat(config.strategies())
                .allSatisfy(strategy -> assertThat(strategy.covers(Instrument.of("COINBASE:SKL-USD")))
                        .isTrue());
    }

    @Test
    void aProblemOfASectionNamesTheLineOfItsKey() {
        assertThatThrownBy(() -> read("""
                        bus:
                          partitions: 4
                          lanes:
                            # a comment
                            a: 1
                        rates:
                          USD:
                            2
                        whatever:

                          b: 2
                        """))
                .hasMessageContaining(":3: unknown key \"bus.lanes\"")
                .hasMessageContaining(":7: rates: \"USD\"")
                .hasMessageContaining(":9: unknown key \"whatever\"");
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedWithLineAndByte() throws IOException {
        Path latin = directory.resolve("latin.yaml");
        Files.write(latin, "bus:\n  # gr\u00fc\u00dfe\n  partitions: 4\n".getBytes(StandardCharsets.ISO_8859_1));
        Path utf16 = directory.resolve("utf16.yaml");
        Files.write(utf16, "bus: {partitions: 4}".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> ConfigReader.read(latin, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "latin.yaml:2: not UTF-8: byte 7 of the line is 0xFC (accepted: a file saved as UTF-8)");
        assertThatThrownBy(() -> ConfigReader.read(utf16, Map.of()))
                .hasMessageContaining("utf16.yaml:1: not UTF-8: byte 1 ");
    }

    @Test
    void theMarkThatEditorsPutInFrontOfUtf8IsNoProblem() throws IOException {
        Path marked = directory.resolve("marked.yaml");
        Files.write(marked, "\ufeffbus: {partitions: 4}".getBytes(StandardCharsets.UTF_8));

        assertThat(ConfigReader.read(marked, Map.of()).bus().partitions()).isEqualTo(4);
    }

    @Test
    void decimalsAreExact() {
        Config config = read("rates: {A/B: 0.100000000000000001}");

        assertThat(config.rates().get("A/B")).isEqualTo(new BigDecimal("0.100000000000000001"));
    }

    @Test
    void fileChangesKeyByKeyAndItsListsReplace() {
        Config config = read("""
                bus:
                  partitions: 4
                accounts:
                  - {name: demo, deposit: 5}
                  - {name: margin, type: margin}
                  - {name: third, currency: EUR}
                venues: [{name: SIM}, {name: MINE, makerBps: 1}]
                instruments: [{name: "MINE:X", base: X, quote: USD}]
                """);

        assertThat(config.bus().partitions()).isEqualTo(4);
        assertThat(config.bus().leaseMs()).isEqualTo(3000);
        assertThat(config.instruments()).hasSize(1);
        assertThat(config.accounts().getFirst().deposit()).isEqualTo(Money.of("5"));
        assertThat(config.accounts().get(2).deposit()).isEqualTo(Money.of("100000"));
        assertThat(config.venues().get(1).takerBps()).isEqualByComparingTo("10");
    }

    @Test
    void furtherFilesExtendListsByName() {
        Path more = file("more.yaml", """
                instruments:
                  - {name: "COINBASE:SKL-USD", tick: 0.0001, lot: 0.1, base: SKL, quote: USD}
                  - {name: "MINE:X", tick: 0.5}
                """);
        Path first = file("first.yaml", """
                venues: [{name: SIM}, {name: MINE}, {name: COINBASE}]
                instruments: [{name: "MINE:X", base: X, quote: USD}]
                """);

        Config config = ConfigReader.defaults(Map.of("PAPERTAPE_CONFIG", first + File.pathSeparator + more));

        assertThat(config.instruments())
                .extracting(instrument -> instrument.name() + " " + instrument.tick())
                .containsExactly("MINE:X 0.5", "COINBASE:SKL-USD 0.0001");
        assertThat(ConfigReader.read(first, Map.of("PAPERTAPE_CONFIG", more.toString())))
                .isEqualTo(config);
    }

    @Test
    void environmentOverridesPlainSettings() {
        Config config = ConfigReader.defaults(Map.of(
                "PAPERTAPE_REDIS_URL", "redis://u:geheim@127.0.0.1:1",
                "PAPERTAPE_BUS_LEASE_MS", "500",
                "PAPERTAPE_ETL_BARS", "1s, 5m",
                "PAPERTAPE_FEED_REPLAY", "not a setting"));

        assertThat(config.redis().url().value()).isEqualTo("redis://u:geheim@127.0.0.1:1");
        assertThat(config.bus().leaseMs()).isEqualTo(500);
        assertThat(config.etl().bars()).containsExactly("1s", "5m");
        assertThat(config.toString()).doesNotContain("geheim").contains("***");
    }

    @Test
    void misspeltEnvironmentVariableNamesTheNearest() {
        assertThatThrownBy(
                        () -> ConfigReader.defaults(Map.of("PAPERTAPE_BUS_PARTITION", "4", "PAPERTAPE_SIM_PORT", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"PAPERTAPE_BUS_PARTITION\" (nearest: PAPERTAPE_BUS_PARTITIONS")
                .hasMessageContaining("PAPERTAPE_SIM_PORT: sim.port: \"x\" (accepted: a whole number)");
    }

    @Test
    void allProblemsAreListedAtOnceWithLineValueAndWhatIsAccepted() {
        Path path = file("mine.yaml", """
                bus:
                  partition: 4
                  leaseMs: soon
                  maxBatch: 0
                feed:
                  kind: kraken
                etl:
                  bars: [1s, 5x]
                instruments:
                  - {name: "NOWHERE:X", base: X, quote: USD, tick: 0}
                strategies:
                  - {name: a, kind: k, account: nobody, instruments: ["SIM:NOPE"]}
                accounts:
                  - name: demo
                    limits: {maxNotionl: 3}
                limits: {maxNotional: 1e3, longOnly: maybe}
                rates: {GBPUSD: 1}
                extra: 1
                """);

        assertThat(problems(path))
                .containsExactly(
                        "mine.yaml:2: unknown key \"bus.partition\" (nearest: partitions; accepted: namespace, partitions, leaseMs,"
                                + " journalTail, maxFrameBytes, maxBatch, maxClientSkewMs, maxLag)",
                        "mine.yaml:3: bus.leaseMs: \"soon\" (accepted: a whole number)",
                        "mine.yaml:4: bus.maxBatch: \"0\" (accepted: 1 to 1000000)",
                        "mine.yaml:6: feed.kind: \"kraken\" (accepted: sim, coinbase, binance, coinbase-rest)",
                        "mine.yaml:8: etl.bars: \"5x\" (accepted: a number and s, m, h or d, as in 1s, 5m, 1h)",
                        "mine.yaml:10: instruments[].tick: \"0\" (accepted: more than 0, to 1000000000000000)",
                        "mine.yaml:10: instruments[].name: \"NOWHERE:X\" names an unknown venue (accepted: BINANCE, COINBASE,"
                                + " KRAKEN, SIM, XNAS)",
                        "mine.yaml:12: strategies[].account: \"nobody\" is no account (accepted: demo)",
                        "mine.yaml:12: strategies[].instruments: \"SIM:NOPE\" is no instrument (accepted: NOWHERE:X)",
                        "mine.yaml:15: unknown key \"accounts[].limits.maxNotionl\" (nearest: maxNotional, minNotional; accepted: "
                                + String.join(", ", LIMITS) + ")",
                        "mine.yaml:16: limits.maxNotional: \"1e3\" (accepted: a decimal number of at most 20 digits before and 18 after the point)",
                        "mine.yaml:16: limits.longOnly: \"maybe\" (accepted: true or false)",
                        "mine.yaml:17: rates: \"GBPUSD\" (accepted: ONE/OTHER, as in GBP/USD)",
                        "mine.yaml:18: unknown key \"extra\" (accepted: bus, redis, database, feed, etl,"
                                + " venues, instruments, rates, strategies, accounts, limits, execution, pnl, persistence, sim,"
                                + " dashboard, log)");
    }

    @Test
    void secondUseOfANameOrKeyIsAProblem() {
        Path path = file("mine.yaml", """
                accounts:
                  - name: demo
                  - name: demo
                log:
                  level: info
                  level: debug
                """);

        assertThat(problems(path))
                .containsExactly(
                        "mine.yaml:3: accounts: the name \"demo\" stands here for the second time",
                        "mine.yaml:6: the key \"level\" stands here for the second time");
    }

    @Test
    void brokenYamlNamesTheLine() {
        assertThat(problems(file("mine.yaml", "bus:\n  partitions: [4\nlog: {}\n")))
                .singleElement()
                .asString()
                .startsWith("mine.yaml:3: not YAML: ");
    }

    @Test
    void aMissingFileIsAProblem() {
        assertThat(problems(directory.resolve("none.yaml")))
                .singleElement()
                .asString()
                .contains("none.yaml: cannot be read");
    }

    private static final List<String> LIMITS = Arrays.stream(LimitSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    private List<String> problems(Path path) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(path, Map.of()));
        return thrown == null ? List.of() : thrown.problems();
    }

    private Config read(String text) {
        return ConfigReader.read(file("mine.yaml", text), Map.of());
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
