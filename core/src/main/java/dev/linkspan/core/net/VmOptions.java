package dev.linkspan.core.net;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Optional;

/**
 * What a client of EC2 chooses of the surroundings of a VM and reads back. None of these surroundings is here, so none of it
 * has an effect.
 *
 * @param monitored whether it was asked to be watched more closely
 * @param cpuCredits {@code standard} or {@code unlimited}; empty where nobody chose
 * @param instanceProfile the ARN of the profile with its role
 */
public record VmOptions(
        Metadata metadata, boolean monitored, Optional<String> cpuCredits, Optional<String> instanceProfile) {

    /** Those of a VM for which nothing was chosen. */
    public static final VmOptions STANDARD =
            new VmOptions(Metadata.STANDARD, false, Optional.empty(), Optional.empty());

    /**
     * How a VM would ask the metadata service.
     *
     * @param endpoint whether it may at all
     * @param tokensRequired whether only with a token
     * @param hopLimit how far an answer with a token may travel
     * @param ipv6 whether by IPv6 too
     * @param tags whether it would be told its tags
     */
    public record Metadata(boolean endpoint, boolean tokensRequired, int hopLimit, boolean ipv6, boolean tags) {

        /** There is no service, so nobody gets anything of it without a token. */
        public static final Metadata STANDARD = new Metadata(false, true, 1, false, false);

        private static final int LONGEST_WAY = 64;

        public Metadata {
            if (hopLimit < 1 || hopLimit > LONGEST_WAY) {
                throw new Refusal(
                        RefusalCode.BAD_VALUE,
                        "The value '%d' of HttpPutResponseHopLimit is not accepted: 1 to %d is expected.",
                        hopLimit,
                        LONGEST_WAY);
            }
        }
    }

    public VmOptions withMetadata(Metadata changed) {
        return new VmOptions(changed, monitored, cpuCredits, instanceProfile);
    }

    public VmOptions withMonitored(boolean changed) {
        return new VmOptions(metadata, changed, cpuCredits, instanceProfile);
    }

    public VmOptions withCpuCredits(String changed) {
        return new VmOptions(metadata, monitored, Optional.of(changed), instanceProfile);
    }

    public VmOptions withInstanceProfile(Optional<String> changed) {
        return new VmOptions(metadata, monitored, cpuCredits, changed);
    }
}
