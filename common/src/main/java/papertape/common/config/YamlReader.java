package papertape.common.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import papertape.common.config.Tree.Items;
import papertape.common.config.Tree.Place;
import papertape.common.config.Tree.Scalar;
import papertape.common.config.Tree.Section;
import papertape.common.text.Cause;

/** One YAML file as a {@link Tree}. */
final class YamlReader {
    private final String file;
    private final Problems problems;

    YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The file's content; an empty section when it is empty or cannot be read, which is then a problem. */
    Section read(String text) {
        Section nothing = new Section(new Place(file, 1), Map.of());
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                return nothing;
            }
            if (tree(root.get()) instanceof Section section) {
                checkNames(section);
                return section;
            }
            problems.add(new Place(file, 1), "a file of settings begins with a section such as \"bus:\"");
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(this::place).orElse(new Place(file, 1)), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(new Place(file, 1), "not YAML: " + Cause.of(e));
        }
        return nothing;
    }

    private Tree tree(Node node) {
        Place place = node.getStartMark().map(this::place).orElse(new Place(file, 1));
        return switch (node) {
            case MappingNode mapping -> section(mapping, place);
            case SequenceNode sequence -> {
                List<Tree> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(tree(item)));
                yield new Items(place, items);
            }
            case ScalarNode scalar -> new Scalar(place, scalar.getValue());
            default -> new Scalar(place, "");
        };
    }

    private Section section(MappingNode mapping, Place place) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Tree key = tree(tuple.getKeyNode());
            if (!(key instanceof Scalar name)) {
                problems.add(key.place(), "a key must be a plain word");
            } else if (entries.put(name.text(), tree(tuple.getValueNode())) != null) {
                problems.add(key.place(), "the key \"" + name.text() + "\" stands here for the second time");
            } else {
                keys.put(name.text(), key.place());
            }
        }
        return new Section(place, entries, keys);
    }

    /** Within one file a name may stand once; later files may name it again to change it. */
    private void checkNames(Section root) {
        root.entries().forEach((key, value) -> {
            Set<String> seen = new HashSet<>();
            if (value instanceof Items list) {
                for (Tree item : list.items()) {
                    String name = Tree.nameOf(item);
                    if (name != null && !seen.add(name)) {
                        problems.add(item.place(), key + ": the name \"" + name + "\" stands here for the second time");
                    }
                }
            }
        });
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1);
    }
}
