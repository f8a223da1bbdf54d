package papertape.common.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import papertape.common.config.Tree.Place;

/** What is wrong so far; all of it is said at once. */
final class Problems {
    /** A key is near when at most so many letters, and at most a third of them, differ. */
    private static final int FAR = 4;

    private static final int SLIP = 2;

    private record Problem(Place place, String text) {}

    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String text) {
        found.add(new Problem(place, text));
    }

    void unknownKey(Place place, String path, String key, Collection<String> accepted) {
        List<String> near = accepted.stream()
                .filter(candidate -> distance(key, candidate) <= Math.min(FAR, Math.max(2, key.length() / 3)))
                .sorted(Comparator.comparingInt(candidate -> distance(key, candidate)))
                .limit(3)
                .toList();
        add(
                place,
                "unknown key \"" + path + "\" ("
                        + (near.isEmpty() ? "" : "nearest: " + String.join(", ", near) + "; ")
                        + "accepted: " + String.join(", ", accepted) + ")");
    }

    /** Whether the name looks like a slip of the pen. */
    static boolean isMisspelt(String name, Collection<String> accepted) {
        return accepted.stream().anyMatch(candidate -> distance(name, candidate) <= SLIP);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found.stream()
                    .sorted(Comparator.comparing(
                                    (Problem problem) -> problem.place().file())
                            .thenComparingInt(problem -> problem.place().line()))
                    .map(problem -> problem.place() + ": " + problem.text())
                    .distinct()
                    .toList());
        }
    }

    /** Edits between two words, upper and lower case alike (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                boolean isSame = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + (isSame ? 0 : 1));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
