package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.LaunchTemplate.Version;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations on launch templates. */
public final class LaunchTemplates {

    /** What names the versions that change. */
    public static final String DEFAULT = "$Default";

    public static final String LATEST = "$Latest";

    private static final int FIRST = 1;
    private static final int MOST_VERSIONS = 1_000;
    private static final int LARGEST_DATA = 1 << 20;
    private static final int LONGEST_DESCRIPTION = 255;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9().\\-/_]{3,128}");

    /** Keeps parameters under a name that is free. An order whose client token was used before is answered with what it made. */
    public LaunchTemplate create(
            UnitOfWork unit,
            AccountId caller,
            String name,
            Optional<String> description,
            String data,
            Optional<String> clientToken) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.badValue(
                    "LaunchTemplateName", name, "3 to 128 letters, digits and characters of ( ) . - / _ are expected");
        }
        Optional<LaunchTemplate> there = unit.launchTemplates().ofOwner(caller).stream()
                .filter(template -> template.name().equals(name))
                .findFirst();
        if (there.isPresent()
                && clientToken.isPresent()
                && there.get().clientToken().equals(clientToken)) {
            return there.get();
        }
        there.ifPresent(template -> {
            throw new Refusal(
                            RefusalCode.LAUNCH_TEMPLATE_EXISTS,
                            "The launch template '%s' has the name '%s' already.",
                            template.id(),
                            name)
                    .about(template.id());
        });
        Quotas.requireRoom(unit, caller, Quota.LAUNCH_TEMPLATES, unit.launchTemplates()::countOfOwner);
        requireVersion(description, data);
        LaunchTemplate template = new LaunchTemplate(
                unit.newId(LaunchTemplateId.KIND),
                caller,
                name,
                FIRST,
                List.of(new Version(FIRST, description, data, unit.now())),
                clientToken,
                unit.now());
        unit.launchTemplates().save(template);
        record(unit, EventType.LAUNCH_TEMPLATE_CREATED, template, "named '%s'".formatted(name));
        return template;
    }

    /** Adds a version, which is the latest one from then on. */
    public LaunchTemplate addVersion(
            UnitOfWork unit, LaunchTemplate template, Optional<String> description, String data) {
        requireVersion(description, data);
        if (template.versions().size() >= MOST_VERSIONS) {
            throw new Refusal(
                            RefusalCode.QUOTA,
                            "The launch template '%s' has %d versions and may have %d at most.",
                            template.id(),
                            template.versions().size(),
                            MOST_VERSIONS)
                    .about(template.id());
        }
        LaunchTemplate changed = template.withVersion(description, data, unit.now());
        unit.launchTemplates().save(changed);
        record(
                unit,
                EventType.LAUNCH_TEMPLATE_CHANGED,
                changed,
                "version %d".formatted(changed.latest().number()));
        return changed;
    }

    /** Says which version is meant where none is named. */
    public LaunchTemplate setDefault(UnitOfWork unit, LaunchTemplate template, String version) {
        LaunchTemplate changed =
                template.withDefaultVersion(version(template, version).number());
        if (!changed.equals(template)) {
            unit.launchTemplates().save(changed);
            record(unit, EventType.LAUNCH_TEMPLATE_CHANGED, changed, "default version " + changed.defaultVersion());
        }
        return changed;
    }

    public void delete(UnitOfWork unit, LaunchTemplate template) {
        unit.tags().deleteOfResource(template.id());
        unit.launchTemplates().delete(template.id());
        record(unit, EventType.LAUNCH_TEMPLATE_DELETED, template, "named '%s'".formatted(template.name()));
    }

    /** The caller's launch template that is named by its id or its name: by one of them. */
    public static LaunchTemplate named(
            Snapshot snapshot, AccountId caller, Optional<LaunchTemplateId> id, Optional<String> name) {
        if (id.isPresent() == name.isPresent()) {
            throw new Refusal(
                    id.isPresent() ? RefusalCode.PARAMETER_COMBINATION : RefusalCode.MISSING_PARAMETER,
                    "Either LaunchTemplateId or LaunchTemplateName is required.");
        }
        return id.map(it -> Visible.launchTemplate(snapshot, caller, it))
                .orElseGet(() -> snapshot.launchTemplates().ofOwner(caller).stream()
                        .filter(template -> name.equals(Optional.of(template.name())))
                        .findFirst()
                        .orElseThrow(() -> new Refusal(
                                RefusalCode.UNKNOWN_LAUNCH_TEMPLATE,
                                "The launch template named '%s' does not exist.",
                                name.orElse(""))));
    }

    /** A version by its number, or by one of the two words for those that change. */
    public static Version version(LaunchTemplate template, String version) {
        int number = switch (version) {
            case DEFAULT -> template.defaultVersion();
            case LATEST -> template.latest().number();
            default -> version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
        };
        return template.version(number)
                .orElseThrow(() -> new Refusal(
                                RefusalCode.UNKNOWN_LAUNCH_TEMPLATE,
                                "The launch template '%s' has no version '%s'.",
                                template.id(),
                                version)
                        .about(template.id()));
    }

    private static void requireVersion(Optional<String> description, String data) {
        description.filter(text -> text.length() > LONGEST_DESCRIPTION).ifPresent(text -> {
            throw Refusal.badValue(
                    "VersionDescription", text, "at most %d characters are expected", LONGEST_DESCRIPTION);
        });
        if (data.length() > LARGEST_DATA) {
            throw new Refusal(RefusalCode.BAD_VALUE, "The LaunchTemplateData are too large.");
        }
    }

    private static void record(UnitOfWork unit, EventType type, LaunchTemplate template, String detail) {
        unit.record(new Fact(type, template.id().value(), Set.of(template.owner()), Set.of(), detail));
    }
}
