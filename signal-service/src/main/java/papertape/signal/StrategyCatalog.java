package papertape.signal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.StrategySettings;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.StrategyFactory;

/** The kinds of strategies there are, and which of them each configured strategy is. */
public final class StrategyCatalog {
    private final Map<String, StrategyFactory> kinds = new TreeMap<>();
    private final Map<StrategySettings, StrategyFactory> configured = new LinkedHashMap<>();

    private StrategyCatalog(Iterable<StrategyFactory> factories, List<StrategySettings> strategies) {
        List<String> problems = new ArrayList<>();
        for (StrategyFactory factory : factories) {
            StrategyFactory other = kinds.put(factory.kind(), factory);
            if (other != null) {
                problems.add("two strategies call themselves \"" + factory.kind() + "\": "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        strategies.forEach(settings -> check(settings, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /**
     * The built-in strategies and those on the class path.
     *
     * @throws ConfigException when a configured strategy is of no known kind or has wrong parameters
     */
    public static StrategyCatalog load(Config config) {
        return new StrategyCatalog(ServiceLoader.load(StrategyFactory.class), config.strategies());
    }

    static StrategyCatalog of(List<StrategyFactory> factories, List<StrategySettings> strategies) {
        return new StrategyCatalog(factories, strategies);
    }

    private void check(StrategySettings settings, List<String> problems) {
        String where = "strategies[" + settings.name() + "].";
        StrategyFactory factory = kinds.get(settings.kind());
        if (factory == null) {
            problems.add(where + "kind: \"" + settings.kind() + "\" (accepted: " + String.join(", ", kinds.keySet())
                    + "; a jar in strategies/ can bring more)");
            return;
        }
        for (String parameter : settings.parameters().keySet()) {
            if (!factory.parameters().contains(parameter)) {
                problems.add(where + "parameters: unknown key \"" + parameter + "\" (accepted: "
                        + String.join(
                                ", ", factory.parameters().stream().sorted().toList()) + ")");
            }
        }
        try {
            factory.check(new Parameters(settings.parameters()));
        } catch (IllegalArgumentException e) {
            problems.add(where + e.getMessage());
        }
        configured.put(settings, factory);
    }

    /** The market data that any configured strategy listens to. */
    Set<Class<? extends Message>> listensTo() {
        Set<Class<? extends Message>> all = new HashSet<>();
        configured.values().forEach(factory -> all.addAll(factory.listensTo()));
        // an empty set would mean everything
        return all.isEmpty() ? Set.of(FeedStatus.class) : all;
    }

    /** The configured strategies in the order of the file. */
    Map<StrategySettings, StrategyFactory> configured() {
        return configured;
    }
}
