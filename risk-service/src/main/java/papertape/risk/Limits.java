package papertape.risk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import papertape.common.config.LimitSettings;
import papertape.common.value.Decimals;
import papertape.common.value.Money;

/** Limits by name, as the configuration and {@code set_limits} spell them. */
final class Limits {
    private static final RecordComponent[] NAMES = LimitSettings.class.getRecordComponents();

    private Limits() {}

    /**
     * The limits with some of them changed.
     *
     * @throws IllegalArgumentException for a name or value that is not accepted; the message names what is
     */
    static LimitSettings with(LimitSettings base, Map<String, String> changes) {
        if (changes.isEmpty()) {
            return base;
        }
        checkNames(changes);
        Object[] values = new Object[NAMES.length];
        Class<?>[] types = new Class<?>[NAMES.length];
        for (int i = 0; i < NAMES.length; i++) {
            String change = changes.get(NAMES[i].getName());
            types[i] = NAMES[i].getType();
            values[i] = change == null ? value(NAMES[i], base) : parsed(NAMES[i], change.strip());
        }
        try {
            return LimitSettings.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every limit by name, in the order of the configuration, each as {@code set_limits} takes it. */
    static Map<String, String> texts(LimitSettings limits) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent name : NAMES) {
            Object value = value(name, limits);
            String text = value instanceof List<?> list
                    ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                    : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
            texts.put(name.getName(), text);
        }
        return texts;
    }

    private static void checkNames(Map<String, String> changes) {
        List<String> names = Arrays.stream(NAMES).map(RecordComponent::getName).toList();
        TreeSet<String> unknown = new TreeSet<>(changes.keySet());
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown limit " + String.join(", ", unknown) + " (accepted: " + String.join(", ", names) + ")");
        }
    }

    private static Object value(RecordComponent name, LimitSettings base) {
        try {
            return name.getAccessor().invoke(base);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object parsed(RecordComponent name, String text) {
        Class<?> type = name.getType();
        if (type == boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw refused(name, text, "true, false");
            }
            return text.equals("true");
        }
        if (type == List.class) {
            return list(text);
        }
        BigDecimal number = number(name, text);
        if (type == int.class) {
            return whole(name, text, number);
        }
        return type == Money.class ? new Money(number) : number;
    }

    private static List<String> list(String text) {
        List<String> result = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                result.add(part.strip());
            }
        }
        return List.copyOf(result);
    }

    private static BigDecimal number(RecordComponent name, String text) {
        try {
            BigDecimal number = Decimals.parse(text);
            if (number.signum() >= 0) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            throw refused(name, text, "a number from 0");
        }
        throw refused(name, text, "a number from 0");
    }

    private static Integer whole(RecordComponent name, String text, BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw refused(name, text, "a whole number from 0 to " + Integer.MAX_VALUE);
        }
    }

    private static IllegalArgumentException refused(RecordComponent name, String text, String accepted) {
        return new IllegalArgumentException(
                "limit " + name.getName() + " cannot be \"" + text + "\" (accepted: " + accepted + ")");
    }
}
