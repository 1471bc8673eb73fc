package dev.linkspan.core.net;

import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is chosen of a VM's settings; what is empty stays as it is. Only values that a VM can have can be chosen. */
public record VmSettingsChange(
        Optional<String> type,
        Optional<String> keypair,
        Optional<String> userData,
        Optional<Boolean> deletionProtection,
        Optional<String> shutdownBehavior,
        Optional<String> performance,
        Optional<Boolean> bsuOptimized,
        Optional<Boolean> nestedVirtualization,
        Optional<Boolean> stopProtection) {

    /** Nothing is chosen. */
    public static final VmSettingsChange NONE = new VmSettingsChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** How large the user data may be, decoded. */
    public static final int LARGEST_USER_DATA = 500 * 1024;

    private static final Pattern TYPE_WITH_PERFORMANCE = Pattern.compile("tinav[0-9]+\\.c[0-9]+r[0-9]+p([123])");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Map<String, String> PERFORMANCE_OF_FLAG = Map.of("1", "highest", "2", "high", "3", "medium");
    private static final List<String> PERFORMANCES = List.of("medium", "high", "highest");
    private static final List<String> SHUTDOWN_BEHAVIORS = List.of("stop", "restart", "terminate");

    public VmSettingsChange {
        type.ifPresent(VmSettingsChange::requireType);
        userData.ifPresent(VmSettingsChange::requireUserData);
        shutdownBehavior.ifPresent(it -> requireOneOf(SHUTDOWN_BEHAVIORS, Parameter.SHUTDOWN_BEHAVIOR, it));
        performance.ifPresent(it -> requireOneOf(PERFORMANCES, Parameter.PERFORMANCE, it));
    }

    /** Without a choice about stopping. */
    public VmSettingsChange(
            Optional<String> type,
            Optional<String> keypair,
            Optional<String> userData,
            Optional<Boolean> deletionProtection,
            Optional<String> shutdownBehavior,
            Optional<String> performance,
            Optional<Boolean> bsuOptimized,
            Optional<Boolean> nestedVirtualization) {
        this(
                type,
                keypair,
                userData,
                deletionProtection,
                shutdownBehavior,
                performance,
                bsuOptimized,
                nestedVirtualization,
                Optional.empty());
    }

    /** The settings as chosen. A performance flag in the type decides, whatever else is chosen. */
    public VmSettings appliedTo(VmSettings before) {
        String newType = type.orElse(before.type());
        return new VmSettings(
                newType,
                keypair.or(before::keypair),
                userData.orElse(before.userData()),
                deletionProtection.orElse(before.deletionProtection()),
                shutdownBehavior.orElse(before.shutdownBehavior()),
                performanceFlag(newType).orElse(performance.orElse(before.performance())),
                bsuOptimized.orElse(before.bsuOptimized()),
                nestedVirtualization.orElse(before.nestedVirtualization()),
                stopProtection.orElse(before.stopProtection()));
    }

    private static Optional<String> performanceFlag(String type) {
        Matcher matcher = TYPE_WITH_PERFORMANCE.matcher(type);
        return matcher.matches() ? Optional.ofNullable(PERFORMANCE_OF_FLAG.get(matcher.group(1))) : Optional.empty();
    }

    private static void requireType(String type) {
        if (!VmTypes.isName(type)) {
            throw Refusal.malformed(
                    Parameter.VM_TYPE,
                    type,
                    "the name of %s type such as tinav5.c1r1p2 or t2.small is expected",
                    Noun.A_VM);
        }
    }

    private static void requireOneOf(List<String> accepted, Term parameter, String value) {
        if (!accepted.contains(value)) {
            throw Refusal.malformed(parameter, value, "one of %s is expected", String.join(", ", accepted));
        }
    }

    private static void requireUserData(String userData) {
        int size;
        try {
            size = Base64.getDecoder().decode(LINE_BREAK.matcher(userData).replaceAll("")).length;
        } catch (IllegalArgumentException notBase64) {
            throw new Refusal(
                    RefusalCode.MALFORMED_VALUE, "The %s is malformed: it must be Base64.", Parameter.USER_DATA);
        }
        if (size > LARGEST_USER_DATA) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The %s has %d bytes: at most %d are accepted.",
                    Parameter.USER_DATA,
                    size,
                    LARGEST_USER_DATA);
        }
    }
}
