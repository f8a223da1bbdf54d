package papertape.common.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import papertape.common.text.Printable;

/** {@code %printable(...)} in the pattern of the log: one line, as it may be shown on a terminal. */
public final class PrintableConverter extends CompositeConverter<ILoggingEvent> {
    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Printable.line(text);
    }
}
