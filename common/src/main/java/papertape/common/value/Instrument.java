package papertape.common.value;

/** What is traded: {@code VENUE:SYMBOL}, the symbol as the venue spells it ({@code COINBASE:BTC-USD}), in any script. */
public record Instrument(String name) implements Comparable<Instrument> {
    private static final int MAX_LENGTH = 64;

    public Instrument {
        int colon = name.indexOf(':');
        if (colon <= 0 || colon == name.length() - 1 || name.length() > MAX_LENGTH || !Ids.isSymbol(name)) {
            throw Ids.refused("an instrument", name, "VENUE:SYMBOL, at most " + MAX_LENGTH + " characters");
        }
        Ids.check("a venue", name.substring(0, colon));
    }

    public static Instrument of(String name) {
        return new Instrument(name);
    }

    public static Instrument of(String venue, String symbol) {
        return new Instrument(venue + ":" + symbol);
    }

    public String venue() {
        return name.substring(0, name.indexOf(':'));
    }

    public String symbol() {
        return name.substring(name.indexOf(':') + 1);
    }

    @Override
    public int compareTo(Instrument other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
