package papertape.common.json;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Pnl;
import papertape.common.message.Raw;
import papertape.common.message.Signal;
import papertape.common.value.Flat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The message reference, made from the records and their Javadoc: a JSON Schema per message and an AsyncAPI document of the
 * channels.
 */
final class MessageDocs {
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@param|$)", Pattern.DOTALL);
    private static final Pattern RECORD_DOC =
            Pattern.compile("/\\*\\*(.*?)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*public record", Pattern.DOTALL);

    private final Path sources;

    /** @param project the folder of the whole project */
    MessageDocs(Path project) {
        this.sources = project.resolve("common/src/main/java/papertape/common/message");
    }

    /** The text of each document by its path under {@code docs}. */
    Map<String, String> all() throws IOException {
        Map<String, String> docs = new TreeMap<>();
        for (Class<? extends Message> type : MessageCodec.types()) {
            docs.put("schemas/" + MessageCodec.nameOf(type) + ".json", schema(type));
        }
        docs.put("asyncapi.yaml", asyncApi());
        return docs;
    }

    private String schema(Class<? extends Message> type) throws IOException {
        String doc = javadoc(type.getSimpleName());
        Map<String, String> fields = fieldTexts(type);
        String name = MessageCodec.nameOf(type);
        Bytes out = new Bytes(4096);
        try (JsonGenerator to = Json.FACTORY.createGenerator(new Pretty(), out);
                JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), MessageCodec.schemaOf(type))) {
            to.writeStartObject();
            to.writeStringProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
            to.writeStringProperty("title", name);
            to.writeStringProperty("description", summary(doc));
            in.nextToken();
            for (String field = in.nextName(); field != null; field = in.nextName()) {
                in.nextToken();
                to.writeName(field);
                switch (field) {
                    case "properties" -> properties(name, fields, in, to);
                    case "required" -> required(in, to);
                    default -> to.copyCurrentStructure(in);
                }
            }
            to.writeEndObject();
        }
        return out.text() + "\n";
    }

    /** A field is explained by the record that has it. */
    private Map<String, String> fieldTexts(Class<?> type) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isAnnotationPresent(Flat.class)) {
                texts.putAll(fieldTexts(component.getType()));
            }
        }
        texts.putAll(params(javadoc(type.getSimpleName())));
        return texts;
    }

    private static void properties(String type, Map<String, String> docs, JsonParser in, JsonGenerator to) {
        to.writeStartObject();
        to.writeName("type");
        to.writeStartObject();
        to.writeStringProperty("const", type);
        to.writeEndObject();
        for (String field = in.nextName(); field != null; field = in.nextName()) {
            to.writeName(field);
            to.writeStartObject();
            if (docs.containsKey(field)) {
                to.writeStringProperty("description", docs.get(field));
            }
            in.nextToken();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                to.writeName(name);
                to.copyCurrentStructure(in);
            }
            to.writeEndObject();
        }
        to.writeEndObject();
    }

    private static void required(JsonParser in, JsonGenerator to) {
        to.writeStartArray();
        to.writeString("type");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            to.writeString(in.getString());
        }
        to.writeEndArray();
    }

    private String javadoc(String record) throws IOException {
        String source = Files.readString(sources.resolve(record + ".java"), StandardCharsets.UTF_8);
        Matcher doc = RECORD_DOC.matcher(source);
        if (!doc.find()) {
            throw new IllegalStateException(record + " has no Javadoc");
        }
        return doc.group(1)
                .replaceAll("\\s*\\n\\s*\\* ?", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                .strip();
    }

    private static String summary(String doc) {
        int params = doc.indexOf("@param");
        return (params < 0 ? doc : doc.substring(0, params))
                .replace("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Map<String, String> params(String doc) {
        Map<String, String> found = new TreeMap<>();
        Matcher param = PARAM.matcher(doc);
        while (param.find()) {
            found.put(param.group(1), param.group(2).replaceAll("\\s+", " ").strip());
        }
        return found;
    }

    private String asyncApi() {
        StringBuilder out = new StringBuilder("""
                # Made from the message records and the channels; do not edit: run the tests of common with
                # -Dupdate.docs to write it anew.
                asyncapi: 3.0.0
                info:
                  title: Papertape
                  version: 0.1.0
                  description: |
                    Every channel of the stack on Redis pub/sub, under the default namespace `pt:`.

                    A channel with partitions carries frames: a header line `{"seq":1027,"n":2}`, then n messages, one JSON
                    object a line. `seq` is the number of the first message; the messages of a partition are numbered 1, 2, 3
                    without holes. The same frame is an entry of the stream `pt:journal:<channel>.<partition>` with the id
                    `<number of its last message>-0`. A message's partition is CRC16(key) modulo the number of partitions.

                    A channel without a partition carries one JSON object at a time.
                defaultContentType: application/json
                servers:
                  redis:
                    host: 127.0.0.1:6379
                    protocol: redis
                channels:
                """);
        for (Channel channel : Channel.values()) {
            if (channel.isJournaled()) {
                channel(
                        out,
                        channel.text(),
                        "pt:" + channel.text() + ".{partition}",
                        journaled(channel),
                        true,
                        carried(channel));
            } else {
                channel(out, channel.text(), "pt:" + channel.text(), plain(channel), false, carried(channel));
            }
        }
        for (Channel door : List.of(Channel.SIGNALS, Channel.ORDERS, Channel.ACCOUNTS)) {
            channel(
                    out,
                    door.text() + "FrontDoor",
                    "pt:" + door.text(),
                    "The front door: anybody may publish one message here without id, ts and origin. The stack checks it and"
                            + " appends it to its partition; what is not valid goes to deadletter with the reason.",
                    false,
                    carried(door));
        }
        out.append("components:\n  messages:\n");
        for (Class<? extends Message> type : MessageCodec.types()) {
            String name = MessageCodec.nameOf(type);
            out.append("    ").append(name).append(":\n");
            out.append("      name: ").append(name).append('\n');
            out.append("      payload:\n        schemaFormat: application/schema+json;version=draft-2020-12\n");
            out.append("        schema:\n          $ref: schemas/").append(name).append(".json\n");
        }
        return out.toString();
    }

    private static void channel(
            StringBuilder out,
            String name,
            String address,
            String description,
            boolean hasPartition,
            List<Class<? extends Message>> types) {
        out.append("  ").append(name).append(":\n");
        out.append("    address: \"").append(address).append("\"\n");
        out.append("    description: ").append(description).append('\n');
        if (hasPartition) {
            out.append(
                    "    parameters:\n      partition:\n        description: from 0 to the number of partitions less one\n");
        }
        out.append("    messages:\n");
        for (Class<? extends Message> type : types) {
            String message = MessageCodec.nameOf(type);
            out.append("      ").append(message).append(":\n");
            out.append("        $ref: \"#/components/messages/").append(message).append("\"\n");
        }
    }

    private static String journaled(Channel channel) {
        return "Frames, journaled. "
                + switch (channel) {
                    case RAW -> "What venues sent, untouched; key is the instrument.";
                    case TICKS ->
                        "Trades, quotes, book changes, bars and the state of the feed; key is the instrument.";
                    case SIGNALS -> "What strategies want; key is the account.";
                    case ORDERS -> "Orders as they were asked for; key is the account.";
                    case APPROVED -> "Orders that passed the pre-trade checks; key is the instrument.";
                    case EXECUTIONS -> "What happened to orders; key is the account.";
                    case ACCOUNTS -> "Commands about accounts and what became of them; key is the account.";
                    case PNL -> "Positions and profit; key is the account.";
                    case DEADLETTER ->
                        "What could not be processed and was stepped over; key is the channel it came from.";
                    case MARKS, CONTROL -> throw new IllegalArgumentException(channel + " has no journal");
                };
    }

    private static String plain(Channel channel) {
        return channel == Channel.MARKS
                ? "Latest prices, plain pub/sub without a journal; the hash pt:last:marks keeps the last of each instrument."
                : "Requests to the feed for a fresh snapshot, plain pub/sub without a journal.";
    }

    private static List<Class<? extends Message>> carried(Channel channel) {
        Class<? extends Message> root = switch (channel) {
            case RAW -> Raw.class;
            case TICKS -> MarketData.class;
            case MARKS -> Mark.class;
            case SIGNALS -> Signal.class;
            case ORDERS, APPROVED -> OrderRequest.class;
            case EXECUTIONS -> Execution.class;
            case ACCOUNTS -> Account.class;
            case PNL -> Pnl.class;
            case DEADLETTER -> DeadLetter.class;
            case CONTROL -> FeedStatus.class;
        };
        List<Class<? extends Message>> types = new ArrayList<>(MessageCodec.types());
        types.removeIf(type -> !root.isAssignableFrom(type));
        return types;
    }

    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
