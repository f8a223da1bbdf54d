package papertape.risk;

/**
 * A check's no.
 *
 * @param limit what would have been accepted
 * @param value what was asked for
 */
record Denial(CheckName check, String limit, String value) {
    static Denial of(CheckName check, Object limit, Object value) {
        return new Denial(check, limit.toString(), value.toString());
    }

    String text() {
        return "check=" + check.text() + " limit=" + limit + " value=" + value;
    }
}
