package papertape.etl.venue;

/** Reads {@code YYYY-MM-DDThh:mm:ss[.fraction]Z} without making anything but a number. */
final class IsoTime {
    private static final int FRACTION = 19;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private IsoTime() {}

    /**
     * Microseconds since the epoch; finer digits are cut off.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static long micros(CharSequence text) {
        int length = text.length();
        if (length <= FRACTION || text.charAt(length - 1) != 'Z') {
            throw notATime(text);
        }
        expect(text, 4, '-');
        expect(text, 7, '-');
        expect(text, 10, 'T');
        expect(text, 13, ':');
        expect(text, 16, ':');
        long days = epochDay(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), text);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 60) {
            throw notATime(text);
        }
        long seconds = days * 86_400 + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000_000 + fraction(text, length - 1);
    }

    private static long fraction(CharSequence text, int end) {
        if (end == FRACTION) {
            return 0;
        }
        expect(text, FRACTION, '.');
        if (end == FRACTION + 1 || end > FRACTION + 10) {
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
