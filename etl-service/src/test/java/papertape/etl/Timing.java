package papertape.etl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import papertape.common.config.EtlSettings;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.Raw;
import papertape.common.stage.Outbox;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.MessageId;
import papertape.etl.venue.BinanceAdapter;
import papertape.etl.venue.CoinbaseAdapter;
import papertape.etl.venue.VenueAdapter;

/** Prints what a message costs, over the recordings, again and again; not a test. */
final class Timing {
    private static final int MESSAGES = 1_000_000;
    private static final int BATCH = 100;
    private static final MessageId ID = MessageId.of("etl.0-1");

    private long sent;

    private Timing() {}

    public static void main(String[] args) throws IOException {
        run("coinbase-2021-04-17.tsv.gz", "COINBASE", new CoinbaseAdapter());
        run("binance-2021-10-12.tsv.gz", "BINANCE", new BinanceAdapter());
    }

    private static void run(String name, String venue, VenueAdapter adapter) throws IOException {
        Path file = Recording.find(name);
        if (file == null) {
            System.out.println(name + " is not beside the project");
            return;
        }
        List<Raw> all = Recording.read(file, venue);
        List<Raw> updates =
                all.stream().filter(raw -> !raw.channel().equals("snapshot")).toList();
        long parsing = Long.MAX_VALUE;
        long stage = Long.MAX_VALUE;
        for (int round = 0; round < MESSAGES / all.size(); round++) {
            parsing = Math.min(parsing, parse(adapter, updates));
            stage = Math.min(stage, new Timing().handle(all));
        }
        System.out.println(venue + ": parsing without snapshots " + parsing / updates.size()
                + " ns a message; the whole stage with draining of its state, after the snapshots, " + stage
                + " ns a message");
    }

    private static long parse(VenueAdapter adapter, List<Raw> raws) {
        long start = System.nanoTime();
        int events = 0;
        for (Raw raw : raws) {
            events += adapter.read(raw.channel(), raw.payload()).size();
        }
        long took = System.nanoTime() - start;
        return events > 0 ? took : 0;
    }

    private long handle(List<Raw> raws) {
        Tables tables = new Tables();
        EtlStage stage = new EtlStage(new EtlSettings(List.of("1s", "1m"), 250, 0, 10), false, tables);
        Outbox out = new Outbox() {
            @Override
            public Header header(long ts) {
                return new Header(ID, ts, ID, ts);
            }

            @Override
            public void send(Channel channel, Message message) {
                sent++;
            }

            @Override
            public void whole(Runnable part) {
                part.run();
            }

            @Override
            public void contained(String what, RuntimeException failure) {
                throw failure;
            }

            @Override
            public void deadLetter(String reason) {
                throw new IllegalStateException(reason);
            }
        };
        int begin = afterSnapshots(raws);
        raws.subList(0, begin).forEach(raw -> stage.onMessage(raw, out));
        long start = System.nanoTime();
        for (int i = begin; i < raws.size(); i++) {
            stage.onMessage(raws.get(i), out);
            if (i % BATCH == 0) {
                tables.drain();
            }
        }
        return sent > 0 ? (System.nanoTime() - start) / (raws.size() - begin) : 0;
    }

    private static int afterSnapshots(List<Raw> raws) {
        int last = raws.size() - 1;
        while (last >= 0 && !raws.get(last).channel().equals("snapshot")) {
            last--;
        }
        return last + 1;
    }

    private static final class Tables implements StageContext, StateStore {
        private final ArrayList<StateTable<?, ?>> tables = new ArrayList<>();

        void drain() {
            tables.forEach(table -> table.drainChanges((key, value) -> {}));
        }

        @Override
        public String stage() {
            return "etl";
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public boolean owns(String key) {
            return true;
        }

        @Override
        public StateStore state() {
            return this;
        }

        @Override
        public <K extends Comparable<? super K>, V> StateTable<K, V> table(
                String name, Function<String, K> key, Class<V> value) {
            TreeMap<K, V> entries = new TreeMap<>();
            StateTable<K, V> table = new StateTable<>(entries);
            tables.add(table);
            return table;
        }
    }
}
