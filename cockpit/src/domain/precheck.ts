import type { Net, NetPeering, Quota, Vm } from '../api/schema.ts';
import { rangesOverlap } from './cidr.ts';
import { isOfNet } from './peering.ts';

/**
 * What is known before anybody is asked whether a peering can come about. The server decides; these are the reasons that
 * the caller can see already.
 */
export type Check = {
  /** `no` stops the request, `maybe` is what only the other side or the server knows. */
  verdict: 'yes' | 'no' | 'maybe';
  title: string;
  detail: string;
};

/** The other Net: one of one's own, or one that was named by its id and, for another account's, its owner. */
export type Target = { netId: string; ownerId?: string; own?: Net };

export type Known = {
  peerings: readonly NetPeering[];
  vms: readonly Vm[];
  quotas: readonly Quota[];
  /** How many active peerings a Net has at most; none is known where the quota is not told. */
  activePerNet: number | undefined;
};

const LIVE_VM = (vm: Vm) => vm.State !== 'terminated';

export function checks(source: Net, target: Target, known: Known): Check[] {
  return [
    themselves(source, target),
    ranges(source, target),
    already(source, target, known.peerings),
    machines(source, 'Your Net', known.vms),
    ...(target.own === undefined
      ? [
          {
            verdict: 'maybe' as const,
            title: 'Their Net has a VM',
            detail: 'Only its owner sees this. Without a VM the request is refused.',
          },
        ]
      : [machines(target.own, 'The other Net', known.vms)]),
    outstanding(known.quotas),
    active(source, known),
  ];
}

export function canAsk(all: readonly Check[]): boolean {
  return all.every((check) => check.verdict !== 'no');
}

function themselves(source: Net, target: Target): Check {
  return source.NetId === target.netId
    ? { verdict: 'no', title: 'Two different Nets', detail: 'A Net cannot peer with itself.' }
    : {
        verdict: 'yes',
        title: 'Two different Nets',
        detail: target.own === undefined ? 'The other Net is of another account.' : 'Both Nets are yours.',
      };
}

function ranges(source: Net, target: Target): Check {
  const title = 'Ranges do not overlap';
  if (target.own === undefined) {
    return {
      verdict: 'maybe',
      title,
      detail: `Their range is seen once they are asked. If it overlaps ${source.IpRange}, the peering is born failed.`,
    };
  }
  return rangesOverlap(source.IpRange, target.own.IpRange)
    ? {
        verdict: 'no',
        title,
        detail: `${source.IpRange} and ${target.own.IpRange} overlap: the peering would be born failed.`,
      }
    : { verdict: 'yes', title, detail: `${source.IpRange} and ${target.own.IpRange} are apart.` };
}

function already(source: Net, target: Target, peerings: readonly NetPeering[]): Check {
  const title = 'Not peered yet';
  const between = peerings.filter(
    (peering) => isOfNet(peering, source.NetId) && isOfNet(peering, target.netId),
  );
  const activeOne = between.find((peering) => peering.State.Name === 'active');
  if (activeOne !== undefined) {
    return { verdict: 'no', title, detail: `${activeOne.NetPeeringId} connects these two Nets already.` };
  }
  const pending = between.find((peering) => peering.State.Name === 'pending-acceptance');
  if (pending === undefined) {
    return { verdict: 'yes', title, detail: 'No request and no peering between the two.' };
  }
  return pending.SourceNet.NetId === source.NetId
    ? { verdict: 'no', title, detail: `You have asked already: ${pending.NetPeeringId} waits for an answer.` }
    : {
        verdict: 'maybe',
        title,
        detail: `They have asked you: accepting ${pending.NetPeeringId} is quicker.`,
      };
}

function machines(net: Net, whose: string, vms: readonly Vm[]): Check {
  const count = vms.filter((vm) => vm.NetId === net.NetId && LIVE_VM(vm)).length;
  const title = `${whose} has a VM`;
  return count > 0
    ? { verdict: 'yes', title, detail: count === 1 ? 'It has one.' : `It has ${count}.` }
    : {
        verdict: 'maybe',
        title,
        detail: `${net.NetId} has none. Most servers refuse a peering of an empty Net: create a VM first.`,
      };
}

/** What the server shows where an account may have any number. */
const NO_LIMIT = 2 ** 31 - 1;

function outstanding(quotas: readonly Quota[]): Check {
  const title = 'Room for one more request';
  const quota = quotas.find((it) => it.Name === 'networklink_request_limit');
  if (quota === undefined || quota.MaxValue >= NO_LIMIT) {
    return { verdict: 'yes', title, detail: 'There is no limit.' };
  }
  return {
    verdict: quota.UsedValue < quota.MaxValue ? 'yes' : 'no',
    title,
    detail: `${quota.UsedValue} of ${quota.MaxValue} requests wait for an answer.`,
  };
}

function active(source: Net, known: Known): Check {
  const title = 'Room for one more peering';
  const count = known.peerings.filter(
    (peering) => peering.State.Name === 'active' && isOfNet(peering, source.NetId),
  ).length;
  if (known.activePerNet === undefined || known.activePerNet === 0) {
    return { verdict: 'yes', title, detail: `Your Net has ${count}.` };
  }
  return {
    verdict: count < known.activePerNet ? 'yes' : 'no',
    title,
    detail: `Your Net has ${count} of at most ${known.activePerNet}.`,
  };
}
