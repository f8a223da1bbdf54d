package papertape.order;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.AccountSettings;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.StrategySettings;
import papertape.common.ledger.Rates;
import papertape.common.message.Signal;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.OrdType;
import papertape.common.value.Qty;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/** How large a position a signal asks for, and by which kind of order it is reached. */
final class Sizing {
    /** More digits than any lot has, rounded down: a size is never exceeded. */
    private static final MathContext DOWN = new MathContext(34, RoundingMode.DOWN);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A signal from outside by a strategy that nobody configured, on an account that no strategy uses. */
    private static final Terms EXTERNAL =
            new Terms("notional", BigDecimal.valueOf(1000), OrdType.MARKET, TimeInForce.IOC);

    /** What a strategy's settings say about its orders. */
    record Terms(String sizing, BigDecimal size, OrdType ordType, TimeInForce tif) {
        static Terms of(StrategySettings settings) {
            return new Terms(
                    settings.sizing(),
                    settings.size(),
                    OrdType.valueOf(settings.ordType().toUpperCase(Locale.ROOT)),
                    TimeInForce.valueOf(settings.tif().toUpperCase(Locale.ROOT)));
        }
    }

    private final Map<StrategyId, Terms> byStrategy = new HashMap<>();
    private final Map<AccountId, Terms> byAccount = new HashMap<>();
    private final Map<AccountId, AccountSettings> accounts = new HashMap<>();
    private final Map<Instrument, InstrumentSettings> instruments = new HashMap<>();
    private final Rates rates;

    Sizing(Config config) {
        for (StrategySettings strategy : config.strategies()) {
            Terms terms = Terms.of(strategy);
            byStrategy.put(strategy.name(), terms);
            byAccount.putIfAbsent(strategy.account(), terms);
        }
        config.accounts().forEach(account -> accounts.put(account.name(), account));
        config.instruments().forEach(instrument -> instruments.put(instrument.name(), instrument));
        this.rates = new Rates(config.rates());
    }

    /** The strategy's own terms, else those of the account's first strategy, else a notional of 1,000 at the market. */
    Terms terms(StrategyId strategy, AccountId account) {
        Terms own = byStrategy.get(strategy);
        return own != null ? own : byAccount.getOrDefault(account, EXTERNAL);
    }

    boolean isConfigured(StrategyId strategy) {
        return byStrategy.containsKey(strategy);
    }

    /** @throws IllegalArgumentException when the instrument is not configured */
    InstrumentSettings instrument(Instrument name) {
        InstrumentSettings settings = instruments.get(name);
        if (settings == null) {
            throw new IllegalArgumentException("unknown instrument: \"" + name + "\" (accepted: those configured)");
        }
        return settings;
    }

    /** An account's first deposit; 0 for one that was opened by hand, whose deposits this stage does not see. */
    Money deposit(AccountId account) {
        AccountSettings settings = accounts.get(account);
        return settings == null ? Money.ZERO : settings.deposit();
    }

    /**
     * The signed position that the signal asks for: direction x size x strength, rounded down to the lot; nothing where
     * that is less than the smallest order. A cash account cannot be short: short means flat there.
     *
     * @param equity the account's, where a size is a percentage of it
     */
    Qty target(Signal signal, Money equity) {
        InstrumentSettings instrument = instrument(signal.instrument());
        if (!signal.price().isPositive()) {
            throw new IllegalArgumentException("price must be more than 0, was " + signal.price());
        }
        boolean isFlat = signal.direction() == Direction.FLAT
                || (signal.direction() == Direction.SHORT && isCash(signal.account()));
        if (isFlat) {
            return Qty.ZERO;
        }
        BigDecimal units = fullSize(signal, instrument, equity).multiply(BigDecimal.valueOf(signal.strength()));
        Qty qty = new Qty(units).roundedDownTo(instrument.lot());
        if (qty.compareTo(instrument.minQty()) < 0) {
            return Qty.ZERO;
        }
        return signal.direction() == Direction.LONG ? qty : qty.negated();
    }

    private BigDecimal fullSize(Signal signal, InstrumentSettings instrument, Money equity) {
        Terms terms = terms(signal.strategy(), signal.account());
        BigDecimal unit = signal.price().value().multiply(rate(instrument.quote(), signal.account()));
        return switch (terms.sizing()) {
            case "quantity" -> terms.size();
            case "notional" -> terms.size().divide(unit, DOWN);
            case "equity-percent" -> {
                BigDecimal amount = equity.value().multiply(terms.size()).divide(HUNDRED);
                yield amount.signum() <= 0 ? BigDecimal.ZERO : amount.divide(unit, DOWN);
            }
            default -> throw new IllegalArgumentException("sizing: \"" + terms.sizing() + "\"");
        };
    }

    private boolean isCash(AccountId account) {
        AccountSettings settings = accounts.get(account);
        return settings == null || settings.type().equals("cash");
    }

    /**
     * The worth of one unit of a currency in the account's; 1 where no rate is configured: the pre-trade check then refuses
     * the order and says why.
     */
    private BigDecimal rate(String quote, AccountId account) {
        BigDecimal rate = knownRate(quote, account);
        return rate == null ? BigDecimal.ONE : rate;
    }

    /** The worth of one unit of a currency in the account's, as {@link Rates} has it for all services; null where no rate is configured. */
    @Nullable
    BigDecimal knownRate(String quote, AccountId account) {
        AccountSettings settings = accounts.get(account);
        String base = settings == null ? "USD" : settings.currency();
        return rates.rate(quote, base).orElse(null);
    }
}
