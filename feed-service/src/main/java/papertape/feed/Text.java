package papertape.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds fields in JSON text by looking for their names: all that the feed needs to know, and it reads no further. */
final class Text {
    private Text() {}

    /** The value of the first string field of that name, wherever it stands; null where there is none. */
    static @Nullable String string(String json, String quotedName) {
        int start = value(json, quotedName);
        if (start < 0 || start >= json.length() || json.charAt(start) != '"') {
            return null;
        }
        int end = json.indexOf('"', start + 1);
        return end < 0 ? null : json.substring(start + 1, end);
    }

    /** The value of the first whole-number field of that name, not negative; -1 where there is none that fits. */
    static long number(String json, String quotedName) {
        int at = value(json, quotedName);
        if (at < 0 || at >= json.length() || !isDigit(json.charAt(at))) {
            return -1;
        }
        long number = 0;
        while (at < json.length() && isDigit(json.charAt(at))) {
            if (number > (Long.MAX_VALUE - 9) / 10) {
                return -1;
            }
            number = number * 10 + (json.charAt(at++) - '0');
        }
        return number;
    }

    /** Where the value of the first field of that name begins; -1 where there is none. */
    static int value(String json, String quotedName) {
        int at = json.indexOf(quotedName);
        while (at >= 0) {
            int next = skipSpace(json, at + quotedName.length());
            if (next < json.length() && json.charAt(next) == ':') {
                return skipSpace(json, next + 1);
            }
            at = json.indexOf(quotedName, at + 1);
        }
        return -1;
    }

    /** The value of an object's own field of that name, as it stands there; null where there is none or it is cut off. */
    static @Nullable String member(String object, String name) {
        String quoted = '"' + name + '"';
        int depth = 0;
        int at = skipSpace(object, 0);
        while (at < object.length()) {
            char c = object.charAt(at);
            if (c != '"') {
                depth += nesting(c);
                at++;
                continue;
            }
            int end = endOfString(object, at);
            int colon = skipSpace(object, end);
            boolean isName = depth == 1 && colon < object.length() && object.charAt(colon) == ':';
            if (isName && object.startsWith(quoted, at)) {
                int start = skipSpace(object, colon + 1);
                int stop = endOfValue(object, start);
                return stop < 0 ? null : object.substring(start, stop);
            }
            at = end;
        }
        return null;
    }

    private static int nesting(char c) {
        return c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }

    /** The place after a string's closing quote; the end of the text where it is cut off. */
    private static int endOfString(String json, int quote) {
        for (int at = quote + 1; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
            }
        }
        return json.length();
    }

    /** The place after a value; -1 where it is cut off. */
    private static int endOfValue(String json, int start) {
        int depth = 0;
        int at = start;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (depth == 0 && at > start && (c == ',' || c == '}' || c == ']' || c <= ' ')) {
                return at;
            }
            depth += nesting(c);
            at = c == '"' ? endOfString(json, at) : at + 1;
            if (depth == 0 && (c == '"' || c == '}' || c == ']')) {
                return json.charAt(at - 1) == c ? at : -1;
            }
        }
        return -1;
    }

    /** The objects of a JSON array, each as it stands there; what is cut off at the end is left out. */
    static List<String> objects(String array) {
        List<String> objects = new ArrayList<>();
        int depth = 0;
        int start = -1;
        boolean isQuoted = false;
        for (int at = 0; at < array.length(); at++) {
            char c = array.charAt(at);
            if (isQuoted) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    isQuoted = false;
                }
            } else if (c == '"') {
                isQuoted = true;
            } else if (c == '{' && depth++ == 0) {
                start = at;
            } else if (c == '}' && --depth == 0) {
                objects.add(array.substring(start, at + 1));
            }
        }
        return objects;
    }

    /** A JSON string. */
    static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }

    private static int skipSpace(String json, int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
