package papertape.cli.command;

import java.util.Optional;
import java.util.stream.Stream;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.RedisUrl;
import papertape.common.text.Printable;

/**
 * The Redis that the user named holds the data of another stack than the folder's.
 *
 * @param redis without its password
 * @param found the id of the stack in Redis
 * @param own the id of the folder's stack
 */
record Mismatch(String redis, String found, String own, Home home) {
    /**
     * Asks Redis; nothing where it does not answer, or holds no stack's data.
     *
     * @param own the settings of the folder's stack with the named Redis
     * @param plain the user's settings with the named Redis, without the folder's
     */
    static Optional<Mismatch> find(Home home, StackFile stack, Config own, Config plain) {
        if (stack.stackId().isEmpty()) {
            return Optional.empty();
        }
        try (Redis redis = Redis.connect(own.redis(), "papertape-cli")) {
            // the namespace may be the folder's or, where the other stack has none of its own, the usual one
            return Stream.of(own, plain)
                    .map(config -> new Bus(redis, Keys.of(config.bus().namespace())).stackId())
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .filter(id -> !id.equals(stack.stackId()))
                    .map(id -> new Mismatch(
                            RedisUrl.of(own.redis().url().value()).shown(), Printable.line(id), stack.stackId(), home));
        } catch (Redis.Unavailable | Redis.Refused e) {
            return Optional.empty();
        }
    }

    /** For a command that looks. */
    String note() {
        return what() + ": shown is " + found + ", without the settings and the database of that folder";
    }

    /** For a command that changes something. */
    String refusal() {
        return what()
                + ": nothing is changed. Leave --redis out for the folder's stack; for the other one name its folder"
                + " with --home DIR, or a folder in which no stack runs";
    }

    private String what() {
        return "redis at " + redis + " holds the data of stack " + found + ", the stack of the folder "
                + home.folder().toAbsolutePath().normalize() + " is " + own;
    }
}
