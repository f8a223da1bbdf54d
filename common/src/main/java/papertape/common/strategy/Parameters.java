package papertape.common.strategy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A strategy's parameters as the configuration spells them. */
public final class Parameters {
    private final Map<String, String> values;

    public Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** @throws IllegalArgumentException when it is no whole number from {@code least} to {@code most} */
    public int integer(String name, int otherwise, int least, int most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a whole number from " + least + " to " + most);
        }
        throw wrong(name, text, "a whole number from " + least + " to " + most);
    }

    /** For thresholds and weights, not for money. @throws IllegalArgumentException when it is out of bounds or no number */
    public double number(String name, double otherwise, double least, double most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a number from " + least + " to " + most);
        }
        throw wrong(name, text, "a number from " + least + " to " + most);
    }

    /** @throws IllegalArgumentException when it is none of those accepted; empty {@code accepted}: anything */
    public String word(String name, String otherwise, List<String> accepted) {
        String text = values.getOrDefault(name, otherwise);
        if (!accepted.isEmpty() && !accepted.contains(text)) {
            throw wrong(name, text, String.join(", ", accepted));
        }
        return text;
    }

    /** The complaint about a parameter, in the configuration's own form. */
    public static IllegalArgumentException wrong(String name, String value, String accepted) {
        return new IllegalArgumentException("parameters." + name + ": \"" + value + "\" (accepted: " + accepted + ")");
    }

    public Map<String, String> values() {
        return values;
    }

    /** The same for the same parameters, whatever their order. */
    @Override
    public String toString() {
        return new TreeMap<>(values).toString();
    }
}
