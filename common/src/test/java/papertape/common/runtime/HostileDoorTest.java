package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.json.HostileText;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Signal;
import papertape.common.testredis.TestRedis;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Malformed and hostile text at the front door of a running worker: a dead letter each, and the good ones are handled. */
class HostileDoorTest {
    private static final int TEXTS = Integer.getInteger("hostile.doorTexts", 20_000);
    private static final long SEED = Long.getLong("hostile.seed", 11);
    private static final int GOOD_EVERY = 50;
    private static final AccountId GOOD = AccountId.of("the-good-one");

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    @Test
    void everyTextIsADeadLetterOrASignalAndTheGoodOnesAreAnswered() {
        HostileText texts = new HostileText(SEED);
        Service service = Service.stage(
                        "echo",
                        List.of(Input.all(Channel.SIGNALS)),
                        config -> context -> (message, out) -> {
                            if (message instanceof Signal signal
                                    && signal.account().equals(GOOD)) {
                                out.send(
                                        Channel.ORDERS,
                                        new CancelOrder(
                                                out.header(signal.ts()),
                                                OrderId.of(signal.reason()),
                                                GOOD,
                                                signal.instrument()));
                            }
                        })
                .keepingDoors(Channel.SIGNALS);
        try (Bench bench = new Bench(REDIS);
                Jedis jedis = new Jedis(java.net.URI.create(REDIS.url()))) {
            Bench.Running worker = bench.start(service);
            bench.publish(Channel.SIGNALS, "{}");
            byte[] door = bench.bus().keys().channel(Channel.SIGNALS).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            List<String> expected = new ArrayList<>();
            long published = 1;
            while (published <= TEXTS) {
                Pipeline pipeline = jedis.pipelined();
                for (int i = 0; i < GOOD_EVERY; i++) {
                    pipeline.publish(door, texts.next());
                }
                String reason = "g" + expected.size();
                expected.add(reason);
                pipeline.publish(
                        door,
                        new papertape.common.json.MessageCodec()
                                .encode(bench.signal(GOOD, reason))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                pipeline.sync();
                published += GOOD_EVERY + 1;
                long soFar = published;
                // the door's queue is bounded: do not run ahead of it
                bench.until(() -> taken(bench) > soFar - 10_000);
            }
            long all = published;

            bench.until(() -> bench.answers() >= expected.size() || !worker.isAlive());

            assertThat(worker.isAlive()).isTrue();
            assertThat(taken(bench)).as("seed %s", SEED).isEqualTo(all);
            assertThat(bench.journal(Channel.ORDERS))
                    .as("seed %s", SEED)
                    .extracting(message -> ((CancelOrder) message).orderId().value())
                    .containsExactlyElementsOf(expected);
            assertThat(bench.deadLetters())
                    .hasSizeGreaterThan(TEXTS / 2)
                    .allMatch(letter ->
                            letter.partition() == -1 && !letter.reason().isBlank());
        }
    }

    private static long taken(Bench bench) {
        return bench.total(Channel.SIGNALS) + bench.total(Channel.DEADLETTER);
    }
}
