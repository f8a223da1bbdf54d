package papertape.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.config.Secret;

final class AccessTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String HOST = "127.0.0.1:8700";
    private static final String ORIGIN = "http://127.0.0.1:8700";
    private static final String JSON = "application/json";

    private static Access access(boolean isReadOnly) {
        return new Access(new Token(new Secret(TOKEN)), 8700, List.of("desk.example.org"), isReadOnly);
    }

    private static int status(String host, String origin, String token, String type, boolean isChange) {
        return access(false)
                .request(new Access.Asked(host, origin, token, type, isChange))
                .status();
    }

    @Test
    void the_own_page_with_the_token_may_look_and_change() {
        assertThat(status(HOST, null, TOKEN, null, false)).isZero();
        assertThat(status(HOST, ORIGIN, TOKEN, JSON, true)).isZero();
        assertThat(status("localhost:8700", "http://localhost:8700", TOKEN, JSON, true))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8700", "127.0.0.1", "127.0.0.1:8701", "127.0.0.1:8700.evil.example", "", "*"})
    void another_host_is_refused_whatever_else_is_right(String host) {
        assertThat(status(host, ORIGIN, TOKEN, JSON, false)).isEqualTo(421);
        assertThat(access(false).file(host).status()).isEqualTo(421);
        assertThat(access(false).file(null).status()).isEqualTo(421);
    }

    @Test
    void a_host_of_the_settings_is_accepted_with_and_without_the_port() {
        assertThat(access(false).file("desk.example.org").status()).isZero();
        assertThat(access(false).file("Desk.Example.ORG:8700").status()).isZero();
        assertThat(status("desk.example.org", "https://desk.example.org", TOKEN, JSON, true))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdeF", "0123456789abcde", "0123456789abcdef0"})
    void a_wrong_token_is_refused(String token) {
        assertThat(status(HOST, null, token, null, false)).isEqualTo(401);
        assertThat(status(HOST, null, null, null, false)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://127.0.0.1:8701",
                "http://127.0.0.1:8700.evil.example",
                "http://127.0.0.1:8700/",
                "null",
                ""
            })
    void a_change_from_another_origin_is_refused(String origin) {
        assertThat(status(HOST, origin, TOKEN, JSON, true)).isEqualTo(403);
        assertThat(status(HOST, null, TOKEN, JSON, true)).isEqualTo(403);
    }

    @Test
    void a_change_that_a_plain_form_could_send_is_refused() {
        assertThat(status(HOST, ORIGIN, TOKEN, "text/plain", true)).isEqualTo(415);
        assertThat(status(HOST, ORIGIN, TOKEN, "application/x-www-form-urlencoded", true))
                .isEqualTo(415);
        assertThat(status(HOST, ORIGIN, TOKEN, null, true)).isEqualTo(415);
    }

    @Test
    void a_dashboard_that_only_shows_refuses_every_change_and_shows_all() {
        Access access = access(true);
        assertThat(access.request(new Access.Asked(HOST, ORIGIN, TOKEN, JSON, true)))
                .isEqualTo(new Access.Verdict(403, "this dashboard only shows (setting dashboard.readOnly)"));
        assertThat(access.request(new Access.Asked(HOST, null, TOKEN, null, false))
                        .status())
                .isZero();
    }
}
