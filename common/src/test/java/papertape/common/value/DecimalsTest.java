package papertape.common.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One text form per number, so that values can be compared by equals and be keys. */
class DecimalsTest {
    private static final long SEED = 20_240_117;

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "0.000,0",
        "00012,12",
        "1.50,1.5",
        "-1.0,-1",
        "100,100",
        "0.000000000000000001,0.000000000000000001",
        "12345678901234567890.1234567890000000000,12345678901234567890.123456789",
        "99999999999999999999,99999999999999999999",
        "0.00000000009486,0.00000000009486",
        "5400000000000,5400000000000",
        "-0.0000000000000000000000000000000000000,0"
    })
    void textHasOneCanonicalForm(String text, String canonical) {
        assertThat(Decimals.parse(text).toPlainString()).isEqualTo(canonical);
        assertThat(new Price(new BigDecimal(text)))
                .isEqualTo(Price.of(canonical))
                .hasSameHashCodeAs(Price.of(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "1.",
                ".1",
                "-.1",
                "1..2",
                "1.2.3",
                "1e3",
                "1E3",
                "0x1",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "1,000",
                "1_000",
                "--1",
                "\u0661\u0662",
                "12345678901234567890123456789012345678901"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Decimals.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a decimal number");
    }

    @Test
    void agreesWithBigDecimalOnRandomText() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            String text = randomText(random);
            BigDecimal expected = new BigDecimal(text);

            BigDecimal found = Decimals.parse(text, Bounds.DERIVED);

            assertThat(found.compareTo(expected))
                    .as("seed %s, text %s", SEED, text)
                    .isZero();
            assertThat(found.scale()).as("seed %s, text %s", SEED, text).isEqualTo(canonicalScale(expected));
            assertThat(Decimals.parse(found.toPlainString(), Bounds.DERIVED))
                    .as("seed %s, text %s", SEED, text)
                    .isEqualTo(found);
            assertThat(Decimals.canonical(expected))
                    .as("seed %s, text %s", SEED, text)
                    .isEqualTo(found);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENTERED,99999999999999999999.999999999999999999,100000000000000000000",
        "ENTERED,-99999999999999999999.999999999999999999,-100000000000000000000",
        "ENTERED,0.000000000000000001,0.0000000000000000001",
        "ENTERED,123456.5,1.0000000000000000001",
        "DERIVED,9999999999999999999999999999999999999999.999999999999999999999999999999999999,"
                + "10000000000000000000000000000000000000000",
        "DERIVED,0.000000000000000000000000000000000001,0.0000000000000000000000000000000000001"
    })
    void a_number_is_admitted_up_to_its_bounds_and_not_one_step_beyond(Bounds bounds, String last, String beyond) {
        assertThat(Decimals.parse(last, bounds).toPlainString()).isEqualTo(last);
        assertThat(bounds.admits(new BigDecimal(beyond))).isFalse();
        assertThatThrownBy(() -> Decimals.parse(beyond, bounds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a number of at most " + bounds.whole() + " digits before and "
                        + bounds.decimals() + " after the point");
    }

    @Test
    void products_and_sums_of_entered_numbers_are_within_the_bounds_of_derived_ones() {
        Price px = Price.of("9999999999999999999.999999999999999999");
        Qty qty = Qty.of("-999999999999999999.999999999999999999");
        Money sum = px.times(qty);
        for (int year = 0; year < 100; year++) {
            sum = sum.plus(px.times(qty));
        }
        assertThat(Bounds.DERIVED.admits(sum.value())).isTrue();
        assertThat(Bounds.DERIVED.admits(Price.of("0.000000000000000001")
                        .times(Qty.of("0.000000000000000001"))
                        .value()))
                .isTrue();
    }

    @Test
    void what_a_division_gives_keeps_to_the_bounds() {
        Price one = Price.of("0.000000000000000001");
        assertThat(Price.mid(one, Price.of("0.000000000000000002"))).isEqualTo(Price.of("0.000000000000000002"));
        Money tiny = new Money(new BigDecimal("1e-36"));
        assertThat(Bounds.DERIVED.admits(tiny.averageOver(Qty.of("3")).value())).isTrue();
        assertThat(tiny.scaledBy(new BigDecimal("0.5")).rounded(java.math.RoundingMode.DOWN))
                .isEqualTo(Money.ZERO);
    }

    @Test
    void canonicalFormHasNoExponent() {
        assertThat(Decimals.canonical(new BigDecimal("1E+5")).toString()).isEqualTo("100000");
        assertThat(new Qty(new BigDecimal("25E-1"))).isEqualTo(Qty.of("2.5"));
        assertThat(new Money(new BigDecimal("0E+9"))).isEqualTo(new Money(BigDecimal.ZERO));
    }

    @Test
    void arithmeticStaysCanonical() {
        assertThat(Price.of("0.5").plus(Price.of("0.5"))).isEqualTo(Price.of("1"));
        assertThat(Price.of("2.5").times(Qty.of("0.4"))).isEqualTo(new Money(BigDecimal.ONE));
        assertThat(Price.mid(Price.of("1"), Price.of("2"))).isEqualTo(Price.of("1.5"));
        assertThat(Qty.of("1.005").minus(Qty.of("0.005"))).isEqualTo(Qty.of("1"));
    }

    private static int canonicalScale(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
    }

    private static String randomText(Random random) {
        int length = 1 + random.nextInt(34);
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
        int zeros = random.nextInt(3);
        for (int i = 0; i < length; i++) {
            boolean isZero = zeros == 0 || (zeros == 1 && random.nextInt(2) == 0);
            text.append((char) ('0' + (isZero ? 0 : random.nextInt(10))));
        }
        if (random.nextBoolean()) {
            text.append('.').append("0".repeat(random.nextInt(3)));
            text.append(random.nextInt(10)).append("0".repeat(random.nextInt(2)));
        }
        return text.toString();
    }
}
