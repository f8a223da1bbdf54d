package papertape.etl.venue;

/**
 * Reads {@code YYYY-MM-DDThh:mm:ss[.fraction]} and {@code Z} or an offset ({@code +02:00}, {@code +0200}, {@code +02})
 * without making anything but a number. The {@code T} may be a blank, letters may be small.
 */
final class IsoTime {
    private static final int FRACTION = 19;
    private static final int MOST_DIGITS = 18;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private IsoTime() {}

    /**
     * Microseconds since the epoch; finer digits are cut off.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static long micros(CharSequence text) {
        int length = text.length();
        if (length <= FRACTION) {
            throw notATime(text);
        }
        expect(text, 4, '-');
        expect(text, 7, '-');
        if (text.charAt(10) != ' ' && text.charAt(10) != 't') {
            expect(text, 10, 'T');
        }
        expect(text, 13, ':');
        expect(text, 16, ':');
        long days = epochDay(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), text);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 60) {
            throw notATime(text);
        }
        int zone = FRACTION;
        while (zone < length && (text.charAt(zone) == '.' || isDigit(text.charAt(zone)))) {
            zone++;
        }
        long seconds = days * 86_400 + hour * 3_600L + minute * 60L + second - offset(text, zone);
        return seconds * 1_000_000 + fraction(text, zone);
    }

    /** How far the zone that begins here is ahead of UTC, in seconds. */
    private static int offset(CharSequence text, int at) {
        int length = text.length();
        if (at == length - 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        if (at >= length || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            throw notATime(text);
        }
        int minutesAt = at + 3 < length && text.charAt(at + 3) == ':' ? at + 4 : at + 3;
        if (length != minutesAt + 2 && length != at + 3) {
            throw notATime(text);
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = length == at + 3 ? 0 : number(text, minutesAt, length);
        if (hours > 18 || minutes > 59) {
            throw notATime(text);
        }
        int seconds = hours * 3_600 + minutes * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    private static long fraction(CharSequence text, int end) {
        if (end == FRACTION) {
            return 0;
        }
        expect(text, FRACTION, '.');
        if (end == FRACTION + 1 || end > FRACTION + 1 + MOST_DIGITS) {
            throw notATime(text);
        }
        long micros = 0;
        long unit = 100_000;
        for (int i = FRACTION + 1; i < end; i++) {
            micros += number(text, i, i + 1) * unit;
            unit /= 10;
        }
        return micros;
    }

    /** Days since 1970-01-01 by counting years from March, so that the leap day is a year's last. */
    private static long epochDay(int year, int month, int day, CharSequence text) {
        if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1] || (month == 2 && day == 29 && !isLeap(year))) {
            throw notATime(text);
        }
        int fromMarch = (month + 9) % 12;
        long y = month <= 2 ? year - 1 : year;
        long dayOfYear = (153L * fromMarch + 2) / 5 + day - 1;
        return 365 * y + Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400) + dayOfYear - 719_468;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(CharSequence text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw notATime(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static void expect(CharSequence text, int at, char c) {
        if (text.charAt(at) != c) {
            throw notATime(text);
        }
    }

    private static IllegalArgumentException notATime(CharSequence text) {
        return new IllegalArgumentException("not a time: \"" + JsonText.shown(text.toString()) + "\"");
    }
}
