package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.refusal.RefusalCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VmOrderTest {

    private static final SubnetId SUBNET = new SubnetId("subnet-00000001");
    private static final VmNic PRIMARY = new VmNic.New(Orders.nicIn(SUBNET), 0, true);

    private static void refused(RefusalCode code, String message, ThrowingCallable call) {
        assertRefused(code, call).contains(message);
    }

    @Test
    void a_vm_without_a_subnet_is_refused() {
        refused(RefusalCode.MISSING_PARAMETER, "Subnet", () -> Orders.of(1, 1));
    }

    @Test
    void a_vm_without_a_primary_nic_is_refused() {
        refused(
                RefusalCode.PARAMETER_COMBINATION,
                "device number 0",
                () -> Orders.of(1, 1, new VmNic.New(Orders.nicIn(SUBNET), 1, true)));
    }

    @Test
    void two_nics_with_one_device_number_are_refused() {
        refused(RefusalCode.BAD_VALUE, "device number", () -> Orders.of(1, 1, PRIMARY, PRIMARY));
    }

    @Test
    void a_device_number_beyond_seven_is_refused() {
        VmNic ninth = new VmNic.New(Orders.nicIn(SUBNET), 8, true);
        refused(RefusalCode.BAD_VALUE, "0 to 7", () -> Orders.of(1, 1, PRIMARY, ninth));
    }

    @Test
    void several_vms_cannot_have_the_same_address_or_nic() {
        VmNic chosen = new VmNic.New(Orders.nicAt(SUBNET, "10.0.1.9"), 0, true);
        VmNic existing = new VmNic.Existing(new NicId("eni-00000001"), 0);

        refused(RefusalCode.PARAMETER_COMBINATION, "greatest number of VMs", () -> Orders.of(1, 2, chosen));
        refused(RefusalCode.PARAMETER_COMBINATION, "greatest number of VMs", () -> Orders.of(1, 2, existing));
    }

    @Test
    void counts_out_of_bounds_are_refused() {
        refused(RefusalCode.BAD_VALUE, "least number of VMs", () -> Orders.of(0, 1, PRIMARY));
        refused(RefusalCode.BAD_VALUE, "greatest number of VMs", () -> Orders.of(1, 1001, PRIMARY));
        refused(RefusalCode.PARAMETER_COMBINATION, "greater", () -> Orders.of(3, 2, PRIMARY));
    }

    @Test
    void a_token_has_1_to_64_characters() {
        VmOrder order = Orders.of(1, 1, PRIMARY);

        assertThat(Orders.withToken(order, "a".repeat(64)).clientToken()).isPresent();
        refused(RefusalCode.BAD_VALUE, "client token", () -> Orders.withToken(order, "a".repeat(65)));
        refused(RefusalCode.BAD_VALUE, "client token", () -> Orders.withToken(order, ""));
    }

    @Test
    void the_primary_nic_comes_first() {
        VmNic second = new VmNic.New(Orders.nicIn(SUBNET), 1, true);

        assertThat(Orders.of(1, 1, second, PRIMARY).nics()).containsExactly(PRIMARY, second);
    }
}
