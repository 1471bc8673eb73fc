package dev.linkspan.core.operation;

import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
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
 * @param publicIp whether the primary NIC has a public address of its own while the VM runs; as its Subnet says, if empty
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
        VmSettingsChange settings,
        Optional<Boolean> publicIp,
        VmEquipment equipment) {

    /** How many VMs one order can make, so that a change stays short. */
    public static final int MOST_AT_ONCE = 1000;

    public static final int LONGEST_TOKEN = 64;

    /** Without a choice of anything else. */
    public VmOrder(
            ImageId image,
            int least,
            int most,
            Optional<String> clientToken,
            boolean running,
            List<VmNic> nics,
            Optional<SubregionName> subregion,
            Optional<String> tenancy,
            VmSettingsChange settings,
            Optional<Boolean> publicIp) {
        this(
                image,
                least,
                most,
                clientToken,
                running,
                nics,
                subregion,
                tenancy,
                settings,
                publicIp,
                VmEquipment.STANDARD);
    }

    public VmOrder {
        requireCounts(least, most);
        clientToken.ifPresent(VmOrder::requireToken);
        nics = nics.stream()
                .sorted(Comparator.comparingInt(VmNic::deviceNumber))
                .toList();
        requirePlaces(nics);
        if (publicIp.orElse(false) && !mayHavePublicIp(nics)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The %s can be chosen only for %s with one %s, which is made with it.",
                    Parameter.PUBLIC_IP_ON_LAUNCH,
                    Noun.A_VM,
                    Noun.NIC);
        }
        if (most > 1 && nics.stream().anyMatch(VmOrder::onlyForOne)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The %s is %d: several %s cannot have the same %s or %s.",
                    Parameter.MOST_VMS,
                    most,
                    Noun.VMS,
                    Parameter.PRIVATE_IPS,
                    Parameter.NIC);
        }
    }

    /** Whether the VMs get public addresses of their own, where the Subnet of the primary NIC is this one. */
    boolean publicIpIn(Subnet subnet) {
        return publicIp.orElseGet(subnet::mapPublicIpOnLaunch) && mayHavePublicIp(nics);
    }

    /** Only the first and only NIC does, and only if it is new, since the address is given when it is made. */
    private static boolean mayHavePublicIp(List<VmNic> nics) {
        return nics.size() == 1 && nics.getFirst() instanceof VmNic.New;
    }

    private static void requireCounts(int least, int most) {
        if (least < 1) {
            throw Refusal.badValue(Parameter.LEAST_VMS, least, "at least 1 is expected");
        }
        if (most > MOST_AT_ONCE) {
            throw Refusal.badValue(Parameter.MOST_VMS, most, "at most %d %s are made at once", MOST_AT_ONCE, Noun.VMS);
        }
        if (least > most) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The %s %d is greater than the %s %d.",
                    Parameter.LEAST_VMS,
                    least,
                    Parameter.MOST_VMS,
                    most);
        }
    }

    private static void requireToken(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw Refusal.badValue(Parameter.CLIENT_TOKEN, token, "1 to %d characters are expected", LONGEST_TOKEN);
        }
    }

    private static void requirePlaces(List<VmNic> nics) {
        Set<Integer> taken = new HashSet<>();
        for (VmNic nic : nics) {
            Nics.requireDeviceNumber(nic.deviceNumber(), 0);
            if (!taken.add(nic.deviceNumber())) {
                throw Refusal.badValue(
                        Parameter.DEVICE_NUMBER,
                        nic.deviceNumber(),
                        "each %s of %s needs its own",
                        Noun.NIC,
                        Noun.A_VM);
            }
        }
        if (nics.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "The %s is missing: every %s is in a Subnet of a %s, named by %s or by %s.",
                    Parameter.SUBNET,
                    Noun.VM,
                    Noun.NET,
                    Parameter.SUBNET,
                    Parameter.NICS);
        }
        if (!taken.contains(0)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "None of the %s has the %s 0: %s needs a primary %s.",
                    Parameter.NICS,
                    Parameter.DEVICE_NUMBER,
                    Noun.A_VM,
                    Noun.NIC);
        }
    }

    private static boolean onlyForOne(VmNic nic) {
        return switch (nic) {
            case VmNic.New made -> made.nic().addresses().namesAny();
            case VmNic.Existing _ -> true;
        };
    }
}
