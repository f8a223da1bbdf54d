package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.json.CodecException;
import papertape.common.json.HostileText;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Signal;
import papertape.common.testredis.TestRedis;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.OrderId;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Malformed and hostile text at the front doors of a running worker: a dead letter each, and the good ones are handled.
 * {@code -Dhostile.doorTexts=1000000} sends more of them, {@code -Dhostile.seed} others.
 */
class HostileDoorTest {
    private static final int TEXTS = Integer.getInteger("hostile.doorTexts", 20_000);
    private static final long SEED = Long.getLong("hostile.seed", 11);
    private static final int GOOD_EVERY = 50;
    private static final int AHEAD = 10_000;
    private static final List<Channel> DOORS = List.of(Channel.SIGNALS, Channel.ORDERS, Channel.ACCOUNTS);
    /** A lease that no busy machine lets run out: without an owner nobody listens at a door. */
    private static final Map<String, String> SETTINGS =
            Map.of("PAPERTAPE_BUS_JOURNAL_TAIL", "1000", "PAPERTAPE_BUS_LEASE_MS", "12000");

    private static final AccountId GOOD = AccountId.of("the-good-one");
    private static final Instrument INSTRUMENT = Instrument.of("X:Y");

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private final MessageCodec codec = new MessageCodec();
    private final Answers answers = new Answers();
    private final Map<Channel, List<String>> expected = new EnumMap<>(Channel.class);
    private long letters;
    /** The default of {@code bus.maxClientSkewMs}. */
    private static final long MAX_SKEW_MICROS = 60_000_000;

    private long published;

    /** Reads what has come of it as it comes, so that a long run needs no more memory than a short one. */
    private static final class Answers implements Sink {
        private final Map<Channel, List<String>> good = new EnumMap<>(Channel.class);
        private final AtomicLong letters = new AtomicLong();
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong withoutReason = new AtomicLong();

        @Override
        public void write(Iterable<Delivery> batch) {
            for (Delivery each : batch) {
                if (each.message() instanceof DeadLetter letter) {
                    letters.incrementAndGet();
                    if (letter.partition() != -1 || letter.reason().isBlank()) {
                        withoutReason.incrementAndGet();
                    }
                } else if (each.message() instanceof CancelOrder order) {
                    String[] words = order.orderId().value().split("-");
                    good.computeIfAbsent(Channel.valueOf(words[0]), any -> new ArrayList<>())
                            .add(words[1]);
                    count.incrementAndGet();
                }
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** Sends on what the good account has sent, which shows that it has come through. */
    private static Service rules() {
        return Service.stage(
                        "echo",
                        DOORS.stream().map(Input::all).toList(),
                        config -> context -> (message, out) -> {
                            String tag = tag(message);
                            if (tag != null) {
                                out.send(
                                        Channel.APPROVED,
                                        new CancelOrder(out.header(message.ts()), OrderId.of(tag), GOOD, INSTRUMENT));
                            }
                        })
                .keepingDoors(DOORS.toArray(Channel[]::new));
    }

    private static @org.jspecify.annotations.Nullable String tag(Message message) {
        return switch (message) {
            case Signal signal when signal.account().equals(GOOD) -> signal.reason();
            case CancelOrder order
            when order.account().equals(GOOD) -> order.orderId().value();
            case Account account when account.account().equals(GOOD) -> account.text();
            default -> null;
        };
    }

    @Test
    void everyTextIsADeadLetterOrEntersAndTheGoodOnesAreAnswered() {
        HostileText texts = new HostileText(SEED);
        Service sink = Service.sink(
                "letters", any -> List.of(Input.all(Channel.APPROVED), Input.all(Channel.DEADLETTER)), any -> answers);
        try (Bench bench = new Bench(REDIS, SETTINGS);
                Jedis jedis = new Jedis(URI.create(REDIS.url()))) {
            Bench.Running worker = bench.start(rules());
            bench.start(sink);
            for (Channel door : DOORS) {
                bench.publish(door, "{}");
                letters++;
                published++;
            }
            while (published < TEXTS) {
                Pipeline pipeline = jedis.pipelined();
                for (int i = 0; i < GOOD_EVERY; i++) {
                    Channel door = DOORS.get((int) (published % DOORS.size()));
                    publish(bench, pipeline, door, i == 0 ? good(bench, door) : hostile(texts, door));
                }
                pipeline.sync();
                // a front door's queue is bounded: do not run ahead of it
                until(() -> taken(bench) > published - AHEAD || !worker.isAlive());
            }

            long good = expected.values().stream().mapToLong(List::size).sum();
            long[] before = {-1};
            long[] stillSince = {System.nanoTime()};
            until(() -> isAtRest(before, stillSince) || !worker.isAlive());

            assertThat(worker.isAlive()).isTrue();
            assertThat(taken(bench))
                    .as("entered or dead letters, seed %s", SEED)
                    .isEqualTo(published);
            assertThat(answers.letters).as("dead letters, seed %s", SEED).hasValue(letters);
            assertThat(answers.withoutReason)
                    .as("dead letters without a reason")
                    .hasValue(0);
            assertThat(answers.good).as("seed %s", SEED).isEqualTo(expected);
            System.out.printf(
                    "hostile text at the front doors: %d published, %d dead letters, %d good ones answered, seed %d%n",
                    published, letters, good, SEED);
        }
    }

    private void publish(Bench bench, Pipeline pipeline, Channel door, byte[] text) {
        pipeline.publish(bench.bus().keys().channel(door).getBytes(StandardCharsets.UTF_8), text);
        published++;
    }

    private byte[] good(Bench bench, Channel door) {
        List<String> sent = expected.computeIfAbsent(door, any -> new ArrayList<>());
        String number = Integer.toString(sent.size());
        sent.add(number);
        String tag = door.name() + "-" + number;
        Header header = new Header(MessageId.of("good." + tag), 1, null, 1);
        Message message = switch (door) {
            case SIGNALS -> bench.signal(GOOD, tag);
            case ORDERS -> new CancelOrder(header, OrderId.of(tag), GOOD, INSTRUMENT);
            default -> new Account(header, GOOD, AccountAction.HALT, null, null, null, null, tag);
        };
        return codec.encode(message).getBytes(StandardCharsets.UTF_8);
    }

    /** Counts beforehand whether it has to become a dead letter. */
    private byte[] hostile(HostileText texts, Channel door) {
        byte[] text = texts.next();
        Header header = new Header(MessageId.of("any.0-1"), 1, null, 1);
        try {
            Message message = codec.decode(text, 0, text.length, header);
            boolean belongs = switch (door) {
                case SIGNALS -> message instanceof Signal;
                case ORDERS -> message instanceof OrderRequest;
                default -> message instanceof Account account && account.action() != null;
            };
            boolean isOfTheFuture = message.ts() > Tally.nowMicros() + MAX_SKEW_MICROS;
            letters += belongs && !isOfTheFuture ? 0 : 1;
        } catch (CodecException e) {
            letters++;
        }
        return text;
    }

    /** Whether nothing more has come for two seconds. */
    private boolean isAtRest(long[] before, long[] since) {
        long now = answers.letters.get() + answers.count.get();
        if (now != before[0]) {
            before[0] = now;
            since[0] = System.nanoTime();
        }
        return System.nanoTime() - since[0] > 2_000_000_000L;
    }

    private long taken(Bench bench) {
        return DOORS.stream().mapToLong(bench::total).sum() + bench.total(Channel.DEADLETTER);
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(condition);
    }
}
