package papertape.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
    @Test
    void theSameCurrencyConvertsAtOne() {
        assertThat(new Rates(Map.of()).rate("USD", "USD")).contains(BigDecimal.ONE);
    }

    @Test
    void aPairConvertsBothWaysTheInverseAtTenDigits() {
        Rates rates = new Rates(Map.of("GBP/USD", new BigDecimal("1.38")));

        assertThat(rates.rate("GBP", "USD")).contains(new BigDecimal("1.38"));
        assertThat(rates.rate("USD", "GBP")).contains(new BigDecimal("0.7246376812"));
    }

    @Test
    void aPairConfiguredBothWaysKeepsBothNumbers() {
        Rates rates = new Rates(Map.of("GBP/USD", new BigDecimal("1.38"), "USD/GBP", new BigDecimal("0.72")));

        assertThat(rates.rate("GBP", "USD")).contains(new BigDecimal("1.38"));
        assertThat(rates.rate("USD", "GBP")).contains(new BigDecimal("0.72"));
    }

    @Test
    void ratesAreNotChained() {
        Rates rates = new Rates(Map.of("GBP/USD", new BigDecimal("1.38"), "EUR/USD", new BigDecimal("1.2")));

        assertThat(rates.rate("GBP", "EUR")).isEmpty();
    }

    @Test
    void impossiblePairsAndRatesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rates(Map.of("GBPUSD", BigDecimal.ONE)))
                .withMessageContaining("FROM/TO");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rates(Map.of("GBP/USD", BigDecimal.ZERO)))
                .withMessageContaining("above 0");
    }
}
