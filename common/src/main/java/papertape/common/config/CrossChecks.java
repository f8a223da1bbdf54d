package papertape.common.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Tree.Items;
import papertape.common.config.Tree.Scalar;
import papertape.common.config.Tree.Section;

/** What one setting says about another. */
final class CrossChecks {
    private final Section root;
    private final Problems problems;

    private CrossChecks(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static void check(Section root, Problems problems) {
        CrossChecks checks = new CrossChecks(root, problems);
        checks.instrumentVenues();
        checks.strategyAccounts();
        checks.strategyInstruments();
        checks.accountLimits();
        checks.rates();
    }

    private void instrumentVenues() {
        Set<String> venues = entries("venues").keySet();
        entries("instruments").forEach((name, section) -> {
            int colon = name.indexOf(':');
            if (colon > 0 && !venues.contains(name.substring(0, colon))) {
                unknown(section.get("name"), "instruments[].name: \"" + name + "\" names an unknown venue", venues);
            }
        });
    }

    private void strategyAccounts() {
        Set<String> accounts = entries("accounts").keySet();
        entries("strategies").values().forEach(section -> {
            if (setting("strategies", section, "account") instanceof Scalar account
                    && !accounts.contains(account.text())) {
                unknown(account, "strategies[].account: \"" + account.text() + "\" is no account", accounts);
            }
        });
    }

    private void strategyInstruments() {
        Set<String> instruments = entries("instruments").keySet();
        entries("strategies").values().forEach(section -> {
            if (setting("strategies", section, "instruments") instanceof Items list) {
                for (Tree item : list.items()) {
                    if (item instanceof Scalar name
                            && name.text().indexOf('*') < 0
                            && !instruments.contains(name.text())) {
                        unknown(
                                name,
                                "strategies[].instruments: \"" + name.text() + "\" is no instrument",
                                instruments);
                    }
                }
            }
        });
    }

    private void accountLimits() {
        Map<String, Class<?>> limits = new LinkedHashMap<>();
        Arrays.stream(LimitSettings.class.getRecordComponents())
                .forEach((RecordComponent limit) -> limits.put(limit.getName(), limit.getType()));
        Scalars scalars = new Scalars(problems);
        entries("accounts").values().forEach(account -> {
            if (account.get("limits") instanceof Section own) {
                own.entries().forEach((key, value) -> {
                    Class<?> type = limits.get(key);
                    if (type == null) {
                        problems.unknownKey(
                                own.placeOf(key), "accounts[].limits." + key, key, List.copyOf(limits.keySet()));
                    } else if (type != List.class && value instanceof Scalar scalar) {
                        scalars.value(type, scalar, "limits." + key);
                    }
                });
            }
        });
    }

    private void rates() {
        if (root.get("rates") instanceof Section rates) {
            rates.entries().forEach((key, value) -> {
                int slash = key.indexOf('/');
                if (slash <= 0 || slash == key.length() - 1 || slash != key.lastIndexOf('/')) {
                    problems.add(rates.placeOf(key), "rates: \"" + key + "\" (accepted: ONE/OTHER, as in GBP/USD)");
                }
            });
        }
    }

    private void unknown(@Nullable Tree where, String what, Set<String> accepted) {
        if (where != null) {
            problems.add(where.place(), what + " (accepted: " + String.join(", ", accepted) + ")");
        }
    }

    private @Nullable Tree setting(String list, Section entry, String key) {
        Tree own = entry.get(key);
        if (own != null) {
            return own;
        }
        return root.get(list) instanceof Items items && Tree.template(items) instanceof Section template
                ? template.get(key)
                : null;
    }

    /** The entries of a list by name, without the {@code *} one. */
    private Map<String, Section> entries(String list) {
        Map<String, Section> result = new TreeMap<>();
        if (root.get(list) instanceof Items items) {
            for (Tree item : items.items()) {
                String name = Tree.nameOf(item);
                if (name != null && !name.equals("*") && item instanceof Section section) {
                    result.put(name, section);
                }
            }
        }
        return result;
    }
}
