package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.audit.Facts.InstrumentFacts;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Stack;
import papertape.cli.stack.Stages;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;

/** Recordings through the whole stack: the facts that come out are those that an independent reading finds. */
final class ReplayTest {
    @TempDir
    Path folder;

    @Test
    void the_coinbase_recording_gives_the_independently_computed_facts() throws Exception {
        ReplayReport report = ReplayRun.of(coinbase(), "coinbase", List.of(), folder, ReplayRun.unobserved());

        assertThat(report.raw()).isEqualTo(5_926);
        assertThat(report.instruments()).isEqualTo(coinbaseFacts());
        assertThat(report.fills()).isPositive();
        assertClean(report);
        assertThat(report.stored()).containsEntry("trades", 77L).containsEntry("quotes", 1_061L);
    }

    @Test
    void the_binance_recording_gives_its_trades_and_its_tops_of_book_from_the_book_ticker() throws Exception {
        Optional<Path> file = Recordings.shared("binance-2021-10-12.tsv.gz");
        assumeTrue(file.isPresent(), "the shared recordings are not beside the project");

        ReplayReport report = ReplayRun.of(
                Recording.read(file.get(), VenueProtocol.of("binance")),
                "binance",
                List.of(),
                folder,
                ReplayRun.unobserved());

        assertThat(report.raw()).isEqualTo(265);
        assertThat(report.instruments().values().stream()
                        .mapToLong(InstrumentFacts::trades)
                        .sum())
                .isEqualTo(2);
        assertThat(report.instruments().values().stream()
                        .mapToLong(InstrumentFacts::quotes)
                        .sum())
                .isEqualTo(84);
        assertThat(report.instruments().get("BINANCE:NKNUSDT").bestBid()).isEqualTo(Price.of("0.3527"));
        assertClean(report);
    }

    @Test
    void several_workers_of_a_stage_change_nothing_of_the_market_data() throws Exception {
        ReplayReport report = ReplayRun.of(
                coinbase(), "coinbase", List.of("etl=3", "signal=3", "execution=2"), folder, ReplayRun.unobserved());

        assertThat(report.raw()).isEqualTo(5_926);
        assertThat(report.instruments()).isEqualTo(coinbaseFacts());
        assertClean(report);
    }

    @Test
    void one_worker_of_each_stage_killed_midway_changes_nothing_of_the_market_data() throws Exception {
        Recording recording = coinbase();
        KillEach killer = new KillEach();
        ReplayReport report = ReplayRun.of(recording, "coinbase", List.of(), folder, killer);

        assertThat(killer.killed).hasSize(Stages.values().length);
        assertThat(report.raw()).isEqualTo(5_926);
        assertThat(report.instruments()).isEqualTo(coinbaseFacts());
        assertClean(report);
    }

    @Test
    void our_own_recording_loses_nothing_with_one_worker_of_each_stage_killed_midway() throws Exception {
        Recording recording = Recordings.simulated();
        ReplayReport calm =
                ReplayRun.of(recording, "coinbase", List.of(), folder.resolve("calm"), ReplayRun.unobserved());
        KillEach killer = new KillEach();
        ReplayReport wild = ReplayRun.of(recording, "coinbase", List.of("etl=2"), folder.resolve("wild"), killer);

        assertThat(calm.raw()).isEqualTo(recording.size());
        assertThat(calm.fills()).isPositive();
        assertClean(calm);
        assertThat(killer.killed).hasSize(Stages.values().length);
        assertThat(wild.raw()).isEqualTo(recording.size());
        assertThat(wild.instruments()).isEqualTo(calm.instruments());
        assertClean(wild);
    }

    @Test
    void a_short_recording_is_not_over_before_every_stage_has_read_it() throws Exception {
        Path file = folder.resolve("short.tsv");
        Files.writeString(
                file,
                "1618677817129917\t{\"type\":\"match\",\"trade_id\":1,\"side\":\"sell\",\"size\":\"4.5\",\"price\":\"0.79\","
                        + "\"product_id\":\"SKL-USD\",\"sequence\":1,\"time\":\"2021-04-17T16:43:37.121358Z\"}\n");
        Recording recording = Recording.read(file, VenueProtocol.of("coinbase"));

        ReplayReport report = ReplayRun.freeRunning(recording, "coinbase", folder.resolve("stack"), new LateEtl());

        assertThat(report.raw()).isEqualTo(1);
        assertThat(report.instruments().get("COINBASE:SKL-USD").trades()).isEqualTo(1);
        assertClean(report);
    }

    private static void assertClean(ReplayReport report) {
        assertThat(report.problems()).isEmpty();
        assertThat(report.gaps()).isZero();
        assertThat(report.duplicates()).isZero();
        assertThat(report.deadLetters()).isZero();
        assertThat(report.accounts().values()).allMatch(account -> account.holds());
    }

    private static Recording coinbase() throws IOException {
        Optional<Path> file = Recordings.shared("coinbase-2021-04-17.tsv.gz");
        assumeTrue(file.isPresent(), "the shared recordings are not beside the project");
        return Recording.read(file.get(), VenueProtocol.of("coinbase"));
    }

    /** As computed independently of this project; books are l2 updates and one snapshot. */
    private static SortedMap<String, InstrumentFacts> coinbaseFacts() {
        return new TreeMap<>(Map.of(
                "COINBASE:BAND-GBP", facts(5, "36.04", 145, 472, "14.7366", "27.57", "14.7664", "12"),
                "COINBASE:DASH-BTC", facts(16, "15.767", 301, 1_926, "0.00619316", "1.687", "0.00619947", "28.997"),
                "COINBASE:SKL-GBP", facts(2, "1343.2", 80, 290, "0.5747", "1028.6", "0.5768", "1735"),
                "COINBASE:SKL-USD", facts(53, "48069.6", 451, 2_593, "0.7902", "468", "0.7911", "450"),
                "COINBASE:YFI-BTC", facts(1, "0.000007", 84, 488, "0.82553", "0.017061", "0.82696", "0.03")));
    }

    private static InstrumentFacts facts(
            long trades, String volume, long quotes, long books, String bid, String bidQty, String ask, String askQty) {
        return new InstrumentFacts(
                trades, Qty.of(volume), quotes, books, Price.of(bid), Qty.of(bidQty), Price.of(ask), Qty.of(askQty));
    }

    /** Holds the ETL worker from its first moment until long after all has been sent. */
    private static final class LateEtl implements Replay.Observer {
        private static final long HELD_NS = 2_000_000_000L;
        private long held;
        private long allSent;

        @Override
        public void progress(int sent, int total, Stack stack) {
            if (held == 0) {
                held = stack.pids().get("etl-1");
                signal("-STOP");
            } else if (sent == total && allSent == 0) {
                allSent = System.nanoTime();
            } else if (allSent > 0 && System.nanoTime() - allSent > HELD_NS) {
                signal("-CONT");
            }
        }

        private void signal(String name) {
            try {
                new ProcessBuilder("kill", name, Long.toString(held)).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends one worker of each stage with SIGKILL, one after the other, once a tenth has been played. */
    private static final class KillEach implements Replay.Observer {
        final Map<Stages, Long> killed = new TreeMap<>();

        @Override
        public void progress(int sent, int total, Stack stack) {
            int next = killed.size();
            if (sent < total / 10 || next == Stages.values().length) {
                return;
            }
            Stages stage = Stages.values()[next];
            Long pid = stack.pids().get(stage.text() + "-1");
            if (pid != null) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                killed.put(stage, pid);
            }
        }
    }
}
