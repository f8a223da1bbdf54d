package papertape.cli.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Books;
import papertape.cli.look.Currencies;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.AccountSettings;
import papertape.common.config.Config;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;
import papertape.look.History;
import papertape.look.trade.FrontDoor;
import papertape.risk.AccountView;

/** One command's connection to the running stack. */
record Session(Config config, Redis redis, Books books, History history, FrontDoor door) implements AutoCloseable {
    /** Longest wait for an answer unless the user says otherwise. */
    static final long WAIT_MS = 10_000;

    static Session open(Target target) throws IOException {
        Config config = target.config();
        Redis redis = target.connect(config);
        Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
        String feed = target.stackFile().map(StackFile::feed).orElse("");
        boolean isDataTime = feed.equals("sim") || feed.startsWith("replay");
        return new Session(
                config,
                redis,
                new Books(bus, config),
                new History(bus, config),
                new FrontDoor(bus, config.bus().partitions(), isDataTime));
    }

    /** The account that the user named, else the first of the configuration. */
    AccountId account(@Nullable AccountId named) {
        if (named != null) {
            return known(named);
        }
        List<AccountSettings> configured = config.accounts();
        if (configured.isEmpty()) {
            throw new IllegalArgumentException("no account is configured: name one with --account");
        }
        return configured.getFirst().name();
    }

    /**
     * The open account that the user means, upper and lower case alike where one alone fits.
     *
     * @throws Failure naming the open accounts when it is none of them
     */
    AccountId known(AccountId typed) {
        List<AccountId> open =
                books.accounts().stream().map(AccountView::account).toList();
        if (open.contains(typed)) {
            return typed;
        }
        List<AccountId> alike = open.stream()
                .filter(each -> each.value().equalsIgnoreCase(typed.value()))
                .toList();
        if (alike.size() == 1) {
            return alike.getFirst();
        }
        String names = open.isEmpty()
                ? "none yet"
                : String.join(", ", open.stream().map(AccountId::value).toList());
        throw new Failure("unknown account " + typed + " (open: " + names + ")");
    }

    /** @throws Failure naming the open accounts when it is not one */
    AccountView open(AccountId account) {
        AccountId known = known(account);
        return books.account(known).orElseThrow(() -> new Failure("unknown account " + known));
    }

    /** Which currency amounts are in. */
    Currencies currencies() {
        return Currencies.of(config, books.accounts());
    }

    /**
     * Finds who has sent an order: the account that the user named, else the one in whose open orders or executions it is.
     *
     * @throws Failure when none or several have
     */
    AccountId owner(OrderId order, @Nullable AccountId named) {
        if (named != null) {
            return known(named);
        }
        List<AccountId> live = books.orders().stream()
                .filter(view -> view.orderId().equals(order))
                .map(OrderView::account)
                .toList();
        List<AccountId> owners = !live.isEmpty() ? live : past(order);
        if (owners.size() > 1) {
            throw new Failure("several accounts have an order " + order + ": name one with --account (" + owners + ")");
        }
        if (owners.isEmpty()) {
            throw new Failure("unknown order " + order + ": no account has sent it");
        }
        return owners.getFirst();
    }

    private List<AccountId> past(OrderId order) {
        return books.accounts().stream()
                .map(AccountView::account)
                .filter(account -> !history.executions(account, order).isEmpty())
                .toList();
    }

    @Override
    public void close() {
        redis.close();
    }
}
