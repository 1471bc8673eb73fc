package dev.linkspan.core.net;

import dev.linkspan.core.id.SecurityGroupId;
import java.util.List;
import java.util.Optional;

/**
 * What is to change of a VM; what is empty stays as it is.
 *
 * @param groups the security groups of its primary NIC
 * @param sourceDestChecked whether its primary NIC is held to its own addresses (S6)
 */
public record VmChange(
        VmSettingsChange settings, Optional<List<SecurityGroupId>> groups, Optional<Boolean> sourceDestChecked) {}
