import { useNets, usePeerings, useSubnets, useVms } from '../api/queries.ts';
import { together } from '../ui/Loaded.tsx';

/** What the map shows: Nets, Subnets, VMs and peerings. */
export function useWorld() {
  return together(useNets(), useSubnets(), useVms(), usePeerings());
}
