package papertape.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatCommandsATerminalTurnsTextAroundOrStaysUnseenIsShownAsANumber() {
        assertThat(Printable.line("a\u001b[2Jb\u0007c\u009bd\u007f")).isEqualTo("a\\u001b[2Jb\\u0007c\\u009bd\\u007f");
        assertThat(Printable.line("\u202eevil\u2066\u200b\ufeff\u00ad"))
                .isEqualTo("\\u202eevil\\u2066\\u200b\\ufeff\\u00ad");
        assertThat(Printable.line("\ud800 \udb40\udc01 \ue000")).isEqualTo("\\ud800 \\udb40\\udc01 \\ue000");
        assertThat(Printable.line("one\ntwo\r\tthree\u2028")).isEqualTo("one\\u000atwo\\u000d\\u0009three\\u2028");
    }

    @Test
    void anOutputKeepsItsLinesAndTabsAndNothingElse() {
        assertThat(Printable.lines("one\n\ttwo\r\u001b[H\n")).isEqualTo("one\n\ttwo\\u000d\\u001b[H\n");
    }

    @Test
    void textInAnyScriptStaysAsItIs() {
        String text = "BINANCE:币安人生USDT, Öl 5 €, नमस्ते, 😀";
        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.lines(text)).isEqualTo(text);
    }

    /** No character of a category that a terminal may act on is left, whatever it is. */
    @Test
    void noControlOrFormatCharacterIsLeftOfAnyCharacter() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String shown = Printable.line(Character.toString(c));
            int type = Character.getType(c);
            boolean isHidden = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
            assertThat(shown.startsWith("\\u"))
                    .as("U+%04x", c)
                    .isEqualTo(isHidden || !shown.equals(Character.toString(c)));
            assertThat(shown.codePoints().noneMatch(each -> Character.getType(each) == Character.CONTROL))
                    .isTrue();
        }
    }

    @Test
    void aCauseWithoutAMessageIsNamedByItsType() {
        assertThat(Cause.of(new ConnectException())).isEqualTo("ConnectException");
        assertThat(Cause.of(new IOException("no answer", new ConnectException())))
                .isEqualTo("no answer: ConnectException");
        assertThat(Cause.of(new IOException("same", new IOException("same")))).isEqualTo("same");
        assertThat(Cause.of(new ExecutionException(new IOException("reset")))).isEqualTo("reset");
        assertThat(Cause.of(new IOException("\u001b[2J"))).isEqualTo("\\u001b[2J");
    }
}
