package papertape.dashboard.web;

import papertape.common.json.JsonText;

/** What a request is answered with: a status and JSON. */
public record Answer(int status, String json) {
    /** Why not, in words that are shown to the user. */
    record Complaint(String error) {}

    public static <R extends Record> Answer of(R value) {
        return new Answer(200, JsonText.of(value));
    }

    public static Answer refused(int status, String reason) {
        return new Answer(status, JsonText.of(new Complaint(reason)));
    }
}
