import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useVms } from '../api/queries.ts';
import type { NetPeering } from '../api/schema.ts';
import { firstMachine } from '../domain/cidr.ts';
import { otherSide, sidesFor } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';

/**
 * Leads to a test of the path through a peering, with both ends filled in. One's own machines are known; in the Net of
 * somebody else, the first machine usually has the first address.
 */
export function TestPath({ peering, ready }: { peering: NetPeering; ready: boolean }) {
  const { account } = useSession();
  const vms = (useVms().data ?? []).filter((vm) => vm.State === 'running');
  const [side] = sidesFor(peering, account).mine;
  const from = vms.find((vm) => vm.NetId === side?.NetId);
  if (side === undefined || from === undefined) {
    return null;
  }
  const peer = otherSide(peering, side.NetId);
  const theirs = vms.find((vm) => vm.NetId === peer.NetId);
  const ends = new URLSearchParams({
    From: from.VmId,
    To: theirs?.VmId ?? firstMachine(peer.IpRange),
    ...(theirs === undefined && { Guessed: 'true' }),
  });
  return (
    <Button component={Link} href={`/path?${ends.toString()}`} variant={ready ? 'filled' : 'default'}>
      Test a path
    </Button>
  );
}
