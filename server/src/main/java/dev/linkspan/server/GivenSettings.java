package dev.linkspan.server;

import dev.linkspan.server.backup.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The texts that were given for the settings, and where each came from: the command line before the environment before
 * the file that {@code --config} or {@code LINKSPAN_CONFIG} names.
 */
final class GivenSettings {

    private static final String CONFIG = "config";

    private static final Set<Setting> ALONE = EnumSet.of(Setting.DEV, Setting.DEFAULT_NETS);

    /**
     * A setting's text.
     *
     * @param origin how to call it in a message: {@code --listen}, {@code LINKSPAN_LISTEN}, {@code listen in FILE}
     */
    record Given(String text, String origin) {}

    private final Map<Setting, Given> values = new EnumMap<>(Setting.class);
    private Optional<Path> file = Optional.empty();

    private GivenSettings() {}

    static GivenSettings of(List<String> arguments, Map<String, String> environment) {
        GivenSettings given = new GivenSettings();
        given.readCommandLine(arguments);
        given.readEnvironment(environment);
        given.readFile();
        return given;
    }

    /** What was given, else the default. */
    Given value(Setting setting) {
        return values.getOrDefault(setting, new Given(setting.defaultValue(), "--" + setting.key()));
    }

    private void readCommandLine(List<String> arguments) {
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            String[] parts = argument.split("=", 2);
            if (!parts[0].startsWith("--")) {
                throw new InvalidSettings("'%s' is not an option: options begin with '--'.".formatted(argument));
            }
            String key = parts[0].substring(2);
            Optional<Setting> setting = Setting.named(key);
            if (setting.isEmpty() && !key.equals(CONFIG)) {
                throw new InvalidSettings("The option '%s' is unknown: accepted are --config, --%s."
                        .formatted(parts[0], Setting.keys().replace(", ", ", --")));
            }
            String text = parts.length == 2 ? parts[1] : value(parts[0], setting, rest);
            if (setting.isPresent()) {
                values.put(setting.get(), new Given(text, parts[0]));
            } else {
                file = Optional.of(Path.of(text));
            }
        }
    }

    /** {@code --dev} and {@code --default-nets} alone say true. */
    private static String value(String option, Optional<Setting> setting, Iterator<String> rest) {
        if (setting.filter(ALONE::contains).isPresent()) {
            return "true";
        }
        if (!rest.hasNext()) {
            throw new InvalidSettings("The option '%s' needs a value.".formatted(option));
        }
        return rest.next();
    }

    private void readEnvironment(Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            String text = environment.getOrDefault(setting.environmentVariable(), "");
            if (!text.isEmpty()) {
                values.putIfAbsent(setting, new Given(text, setting.environmentVariable()));
            }
        }
        String named = environment.getOrDefault("LINKSPAN_CONFIG", "");
        if (file.isEmpty() && !named.isEmpty()) {
            file = Optional.of(Path.of(named));
        }
    }

    private void readFile() {
        file.ifPresent(path -> tree(path).properties().forEach(entry -> {
            Setting setting = Setting.named(entry.getKey())
                    .orElseThrow(() -> new InvalidSettings("The setting '%s' in %s is unknown: accepted are %s."
                            .formatted(entry.getKey(), path, Setting.keys())));
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new InvalidSettings("The setting '%s' in %s must be one value.".formatted(entry.getKey(), path));
            }
            String origin = "%s in %s".formatted(setting.key(), path);
            values.putIfAbsent(setting, new Given(entry.getValue().asString(), origin));
        }));
    }

    private static JsonNode tree(Path path) {
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readString(path));
            if (tree.isObject() || tree.isMissingNode() || tree.isNull()) {
                return tree;
            }
            throw new InvalidSettings("%s must hold one 'name: value' a line.".formatted(path));
        } catch (IOException unreadable) {
            throw new InvalidSettings(
                    "The file of --config cannot be read: %s.".formatted(FileProblem.text(unreadable)));
        } catch (JacksonException notYaml) {
            throw new InvalidSettings("%s is not readable YAML: %s.".formatted(path, notYaml.getOriginalMessage()));
        }
    }
}
