package dev.linkspan.core.peering;

/**
 * What the operator decides about peerings.
 *
 * @param requiresVm whether each Net must hold a VM when a peering is asked for (P6)
 * @param overlappingPeers whether two peers of one Net may overlap each other, which needs a driver that keeps their
 *     flows apart (P13)
 */
public record PeeringRules(boolean requiresVm, boolean overlappingPeers) {

    public static final PeeringRules STANDARD = new PeeringRules(true, true);
}
