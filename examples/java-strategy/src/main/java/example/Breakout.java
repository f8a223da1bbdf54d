package example;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.value.Direction;
import papertape.common.value.Price;

/** The strategy at work on one instrument. */
final class Breakout implements Strategy {
    private static final String BARS = "bars";

    private final StrategyContext context;
    private final String interval;
    private final int length;
    private final Deque<Range> ranges = new ArrayDeque<>();

    /** What is kept of a bar. */
    private record Range(Price low, Price high) {
        static Range parse(String text) {
            int space = text.indexOf(' ');
            return new Range(Price.of(text.substring(0, space)), Price.of(text.substring(space + 1)));
        }

        @Override
        public String toString() {
            return low + " " + high;
        }
    }

    Breakout(StrategyContext context, String interval, int length) {
        this.context = context;
        this.interval = interval;
        this.length = length;
        remember(context.saved(BARS));
    }

    /** After a restart goes on with the bars it had seen before. */
    private void remember(@Nullable String saved) {
        if (saved != null) {
            saved.lines().map(Range::parse).forEach(ranges::add);
        }
    }

    @Override
    public void onBar(Bar bar) {
        if (!bar.closed() || !bar.interval().equals(interval)) {
            return;
        }
        if (ranges.size() == length) {
            decide(bar.close());
            ranges.removeFirst();
        }
        ranges.addLast(new Range(bar.low(), bar.high()));
        context.save(BARS, String.join("\n", texts()));
    }

    private void decide(Price close) {
        Price highest =
                ranges.stream().map(Range::high).max(Comparator.naturalOrder()).orElseThrow();
        Price lowest =
                ranges.stream().map(Range::low).min(Comparator.naturalOrder()).orElseThrow();
        if (close.isAbove(highest)) {
            context.signal(Direction.LONG, 1, close, "close=" + close + " above=" + highest);
        } else if (lowest.isAbove(close)) {
            context.signal(Direction.FLAT, 1, close, "close=" + close + " below=" + lowest);
        }
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        ranges.forEach(range -> texts.add(range.toString()));
        return texts;
    }
}
