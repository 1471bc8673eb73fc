import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useNets, usePeerings, useVms } from '../api/queries.ts';
import { waitingFor } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { CreateNet } from './NetsPage.tsx';

/** What can be done now, as the big button: somebody's request first, and no peering before there is what to peer. */
export function NextAction() {
  const { account } = useSession();
  const now = useNow();
  const nets = useNets().data;
  const vms = useVms().data;
  const peerings = usePeerings().data;
  if (nets === undefined || vms === undefined || peerings === undefined) {
    return null;
  }
  const waiting = waitingFor(peerings, account, now).length;
  const ready = nets.find((net) => vms.some((vm) => vm.NetId === net.NetId && vm.State !== 'terminated'));
  const [first] = nets;
  if (first === undefined) {
    return <CreateNet />;
  }
  return (
    <>
      {waiting > 0 && (
        <Button component={Link} href="/requests">
          {waiting === 1 ? 'Answer the request' : `Answer ${waiting} requests`}
        </Button>
      )}
      {ready === undefined && (
        <Button component={Link} href={`/nets/${first.NetId}`} variant={waiting > 0 ? 'default' : 'filled'}>
          Put a VM into your Net
        </Button>
      )}
      <Button
        component={Link}
        href="/peerings/new"
        variant={waiting > 0 || ready === undefined ? 'default' : 'filled'}
      >
        Create a peering
      </Button>
    </>
  );
}
