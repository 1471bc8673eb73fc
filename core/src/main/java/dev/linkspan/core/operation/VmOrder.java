package dev.linkspan.core.operation;

import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which VMs are to be made, all alike.
 *
 * @param least how many there must be, else none is made
 * @param most how many there should be if there is room
 * @param clientToken by which the same order is recognised when it is repeated
 * @param running whether they start at once; else they are made stopped
 * @param nics what they are linked to, the primary one, with device number 0, first
 * @param subregion where they must be; wherever the primary NIC is, if empty
 * @param tenancy what the tenancy of their Net must be; whatever it is, if empty
 */
public record VmOrder(
        ImageId image,
        int least,
        int most,
        Optional<String> clientToken,
        boolean running,
        List<VmNic> nics,
        Optional<SubregionName> subregion,
        Optional<String> tenancy,
        VmSettingsChange settings) {

    /** How many VMs one order can make, so that a change stays short. */
    public static final int MOST_AT_ONCE = 1000;

    public static final int LONGEST_TOKEN = 64;

    public VmOrder {
        requireCounts(least, most);
        clientToken.ifPresent(VmOrder::requireToken);
        nics = nics.stream()
                .sorted(Comparator.comparingInt(VmNic::deviceNumber))
                .toList();
        requirePlaces(nics);
        if (most > 1 && nics.stream().anyMatch(VmOrder::onlyForOne)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The MaxVmsCount is %d: several VMs cannot have the same PrivateIps or NicId.".formatted(most));
        }
    }

    private static void requireCounts(int least, int most) {
        if (least < 1) {
            throw Refusal.badValue("MinVmsCount", least, "at least 1 is expected");
        }
        if (most > MOST_AT_ONCE) {
            throw Refusal.badValue("MaxVmsCount", most, "at most %d VMs are made at once".formatted(MOST_AT_ONCE));
        }
        if (least > most) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The MinVmsCount %d is greater than the MaxVmsCount %d.".formatted(least, most));
        }
    }

    private static void requireToken(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw Refusal.badValue("ClientToken", token, "1 to %d characters are expected".formatted(LONGEST_TOKEN));
        }
    }

    private static void requirePlaces(List<VmNic> nics) {
        Set<Integer> taken = new HashSet<>();
        for (VmNic nic : nics) {
            Nics.requireDeviceNumber(nic.deviceNumber(), 0);
            if (!taken.add(nic.deviceNumber())) {
                throw Refusal.badValue("DeviceNumber", nic.deviceNumber(), "each NIC of a VM needs its own");
            }
        }
        if (nics.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "The SubnetId is missing: every VM is in a Subnet of a Net, named by SubnetId or by Nics.");
        }
        if (!taken.contains(0)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "None of the Nics has the DeviceNumber 0: a VM needs a primary NIC.");
        }
    }

    private static boolean onlyForOne(VmNic nic) {
        return switch (nic) {
            case VmNic.New made -> made.nic().addresses().namesAny();
            case VmNic.Existing _ -> true;
        };
    }
}
