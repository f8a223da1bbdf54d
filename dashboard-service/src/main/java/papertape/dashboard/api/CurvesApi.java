package papertape.dashboard.api;

import papertape.dashboard.model.Model;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;

/** The accounts' equity over time, since the beginning of the journals. */
public final class CurvesApi {
    private final Model model;

    public CurvesApi(Model model) {
        this.model = model;
    }

    public Answer curves(Request request) {
        return Answer.of(model.curves());
    }
}
