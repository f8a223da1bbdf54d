package papertape.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command lines of this module's processes: {@code --name value} pairs. */
public final class Arguments {
    private Arguments() {}

    /** @throws IllegalArgumentException naming the accepted options, when one is unknown, lacks its value or is missing */
    public static Map<String, String> parse(String[] args, List<String> required, List<String> optional) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!required.contains(name) && !optional.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown argument \"" + args[i] + "\" (accepted: " + accepted(required, optional) + ")");
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " lacks its value");
            }
            options.put(name, args[i + 1]);
        }
        for (String name : required) {
            if (!options.containsKey(name)) {
                throw new IllegalArgumentException(
                        "--" + name + " is missing (accepted: " + accepted(required, optional) + ")");
            }
        }
        return options;
    }

    /** A multiple of the recorded pace, {@code max} being the largest. */
    public static double speed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0) {
                return speed;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(speedProblem(text), e);
        }
        throw new IllegalArgumentException(speedProblem(text));
    }

    public static int integer(String name, String text, int least, int most) {
        String problem = "--" + name + " " + text + " (accepted: " + least + " to " + most + ")";
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(problem, e);
        }
        throw new IllegalArgumentException(problem);
    }

    private static String speedProblem(String text) {
        return "--speed " + text + " (accepted: a number above 0, or max)";
    }

    private static String accepted(List<String> required, List<String> optional) {
        StringBuilder names = new StringBuilder();
        required.forEach(
                name -> names.append(names.isEmpty() ? "" : ", ").append("--").append(name));
        optional.forEach(
                name -> names.append(names.isEmpty() ? "" : ", ").append("--").append(name));
        return names.toString();
    }
}
