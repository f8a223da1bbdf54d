package papertape.risk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.value.OrdType;
import papertape.common.value.TimeInForce;

/** The time in force goes with the type; GTD, and nothing else, names an end, and that is not past. */
final class TimeInForceCheck implements Check {
    /** Ten years in microseconds: an end beyond is a mistake of the unit. */
    private static final long LONGEST = 315_576_000_000_000L;

    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        NewOrder asked = order.order();
        TimeInForce tif = asked.tif();
        String name = tif.name().toLowerCase(Locale.ROOT);
        boolean isImmediate = tif == TimeInForce.IOC || tif == TimeInForce.FOK;
        boolean works = asked.ordType() == OrdType.MARKET || asked.ordType() == OrdType.LIMIT;
        if (isImmediate && (!works || asked.postOnly())) {
            String with = asked.postOnly() ? "postOnly" : asked.ordType().name().toLowerCase(Locale.ROOT);
            return Denial.of(CheckName.TIME_IN_FORCE, name, with);
        }
        Long end = asked.expireTs();
        if ((end != null) != (tif == TimeInForce.GTD)) {
            return Denial.of(CheckName.TIME_IN_FORCE, name, end == null ? "no expireTs" : "expireTs");
        }
        if (end != null && end - asked.ts() > LONGEST) {
            return Denial.of(CheckName.TIME_IN_FORCE, "expireTs within 10 years, in microseconds", end);
        }
        return end != null && end <= asked.ts() ? Denial.of(CheckName.TIME_IN_FORCE, "after " + asked.ts(), end) : null;
    }
}
