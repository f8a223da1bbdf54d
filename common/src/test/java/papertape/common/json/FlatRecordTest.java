package papertape.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.common.value.FieldOrder;
import papertape.common.value.Flat;
import papertape.common.value.Qty;

/** A flat record's fields stand in the JSON object of the record around it, in messages and in saved state alike. */
class FlatRecordTest {
    @Flat
    record Inner(@Nullable String note, long count, Qty qty) {}

    @Flat
    record Middle(Inner inner, boolean loud) {}

    record Outer(String name, Middle middle, @Nullable Long end) {}

    @FieldOrder({"end", "qty", "name", "note", "count", "loud"})
    record Ordered(String name, Middle middle, @Nullable Long end) {}

    record Perhaps(String name, @Nullable Inner inner, String last) {}

    record Whole(String name, Nested nested) {}

    record Nested(long count) {}

    @Flat
    record Loud(String word, boolean loud) {}

    record PerhapsLoud(@Nullable Loud loud) {}

    @FieldOrder({"name"})
    record Forgetful(String name, long count) {}

    private static <T> String text(Class<T> type, T value) {
        return new String(new StateCodec<>(type).encode(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(Class<T> type, String text) {
        return new StateCodec<>(type).decode(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fields_of_flat_records_at_any_depth_stand_in_the_object_and_come_back() {
        Outer value = new Outer("a", new Middle(new Inner("n", 7, Qty.of("0.5")), true), 9L);

        String text = text(Outer.class, value);

        assertThat(text)
                .isEqualTo("{\"name\":\"a\",\"note\":\"n\",\"count\":7,\"qty\":\"0.5\",\"loud\":true,\"end\":9}");
        assertThat(read(Outer.class, text)).isEqualTo(value);
    }

    @Test
    void a_record_that_is_not_flat_keeps_an_object_of_its_own() {
        assertThat(text(Whole.class, new Whole("a", new Nested(3))))
                .isEqualTo("{\"name\":\"a\",\"nested\":{\"count\":3}}");
    }

    @Test
    void field_order_moves_the_fields_and_nothing_else() {
        Ordered value = new Ordered("a", new Middle(new Inner(null, 7, Qty.of("0.5")), false), 9L);

        String text = text(Ordered.class, value);

        assertThat(text).isEqualTo("{\"end\":9,\"qty\":\"0.5\",\"name\":\"a\",\"count\":7}");
        assertThat(read(Ordered.class, text)).isEqualTo(value);
    }

    @Test
    void a_nullable_flat_record_is_null_when_none_of_its_fields_is_present() {
        Perhaps without = new Perhaps("a", null, "z");
        Perhaps with = new Perhaps("a", new Inner(null, 0, Qty.ZERO), "z");

        assertThat(text(Perhaps.class, without)).isEqualTo("{\"name\":\"a\",\"last\":\"z\"}");
        assertThat(read(Perhaps.class, text(Perhaps.class, without))).isEqualTo(without);
        assertThat(text(Perhaps.class, with)).isEqualTo("{\"name\":\"a\",\"count\":0,\"qty\":\"0\",\"last\":\"z\"}");
        assertThat(read(Perhaps.class, text(Perhaps.class, with))).isEqualTo(with);
    }

    @Test
    void a_nullable_flat_record_of_which_a_part_is_present_names_what_is_missing() {
        assertThatThrownBy(() -> read(Perhaps.class, "{\"name\":\"a\",\"count\":1,\"last\":\"z\"}"))
                .isInstanceOf(CodecException.class)
                .hasMessage("field qty is missing");
        assertThatThrownBy(() -> read(Perhaps.class, "{\"name\":\"a\",\"note\":\"n\",\"last\":\"z\"}"))
                .isInstanceOf(CodecException.class)
                .hasMessage("field count is missing");
        assertThatThrownBy(() -> read(Perhaps.class, "{\"name\":\"a\"}"))
                .isInstanceOf(CodecException.class)
                .hasMessage("field last is missing");
    }

    @Test
    void records_that_could_not_be_read_back_are_refused_when_their_codec_is_built() {
        assertThatThrownBy(() -> new RecordFields(PerhapsLoud.class)).hasMessageContaining("a flag in a nullable");
        assertThatThrownBy(() -> new RecordFields(Forgetful.class))
                .hasMessageContaining("must name each of [name, count]");
    }
}
