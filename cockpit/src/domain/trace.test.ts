import { expect, it } from 'vitest';
import type { Remedy } from '../api/schema.ts';
import { ALICE, BOB } from './fixtures.ts';
import {
  askOthers,
  candidatesIn,
  chainsOf,
  comesLater,
  goalOf,
  missingPeering,
  plannedOf,
  planOf,
  type Trace,
  wayOf,
} from './trace.ts';

const route: Remedy = {
  AccountId: ALICE,
  Call: 'CreateRoute',
  Arguments: { RouteTableId: 'rtb-1', DestinationIpRange: '10.1.0.0/16', NetPeeringId: 'pcx-1' },
};
const theirs: Remedy = {
  AccountId: BOB,
  Call: 'CreateRoute',
  Arguments: {
    RouteTableId: '<the route table of the Subnet of 10.1.1.4>',
    DestinationIpRange: '10.0.0.0/16',
  },
  Ask: 'lead 10.0.0.0/16 to pcx-1',
};
const trace: Trace = {
  Verdict: 'blocked',
  Packet: 'tcp/443',
  Source: '10.0.1.4',
  From: { NetId: 'vpc-a', AccountId: ALICE, IpRange: '10.0.0.0/16', PrivateIp: '10.0.1.4' },
  To: { NetId: 'vpc-b', AccountId: BOB, IpRange: '10.1.0.0/16', PrivateIp: '10.1.1.4' },
  Destination: '10.1.1.4',
  Steps: [
    { Kind: 'Routing', Leg: 'there', NetId: 'vpc-a', Passes: false, Trouble: 'NO_ROUTE', Text: 'no route' },
    {
      Kind: 'OtherSide',
      Leg: 'back',
      NetId: 'vpc-b',
      Passes: false,
      Trouble: 'NO_ROUTE',
      Text: 'no route back',
    },
  ],
  Causes: [
    { Trouble: 'NO_ROUTE', Step: 0, Why: 'No route.', Remedies: [route] },
    { Trouble: 'NO_ROUTE', Step: 1, Why: 'No route back.', Remedies: [theirs] },
  ],
  Remedies: [route, theirs],
  ResponseContext: { RequestId: '1' },
};

it('puts each cause at its step', () => {
  expect(wayOf(trace, 'there').map(({ causes }) => causes.map((it) => it.cause.Why))).toEqual([
    ['No route.'],
  ]);
  expect(wayOf(trace, 'back').map(({ causes }) => causes.map((it) => it.cause.Why))).toEqual([
    ['No route back.'],
  ]);
});

it('says each sentence once', () => {
  const whys = ['No route.', 'The peering is pending.', 'The peering is pending.', 'No route'];
  const Causes = whys.map((Why) => ({ Trouble: 'NO_ROUTE' as const, Step: 0, Why, Remedies: [] }));
  const [first] = wayOf({ ...trace, Causes }, 'there');
  expect(first?.step.Text).toBe('no route');
  expect(first?.causes.map((it) => it.why)).toEqual([
    undefined,
    'The peering is pending.',
    undefined,
    undefined,
  ]);
});

it('makes a call only of what is one’s own and complete', () => {
  expect(plannedOf(route, ALICE)).toEqual({ call: 'CreateRoute', args: route.Arguments });
  expect(plannedOf(route, BOB)).toBeUndefined();
  expect(plannedOf({ ...theirs, AccountId: ALICE }, ALICE)).toBeUndefined();
  expect(plannedOf({ ...route, Call: 'HealSubregion' }, ALICE)).toBeUndefined();
});

const ask: Remedy = {
  AccountId: ALICE,
  Call: 'CreateNetPeering',
  Arguments: { SourceNetId: 'vpc-a', AccepterNetId: 'vpc-b', AccepterOwnerId: BOB },
};
const made = '<the NetPeeringId that CreateNetPeering answers>';
const leadThere: Remedy = { ...route, Arguments: { ...route.Arguments, NetPeeringId: made } };

it('makes in one plan what waits for the answer of an earlier call of it, and only then', () => {
  expect(planOf([ask, leadThere, theirs], ALICE).map((it) => it.call)).toEqual([
    'CreateNetPeering',
    'CreateRoute',
  ]);
  expect(planOf([leadThere], ALICE)).toEqual([]);
  expect(planOf([ask, leadThere], BOB)).toEqual([]);
  expect(plannedOf(leadThere, ALICE)).toBeUndefined();
});

it('tells which peering is missing, with as much of it as is known', () => {
  expect(missingPeering({ ...trace, Remedies: [ask, leadThere] })).toEqual({
    from: 'vpc-a',
    to: 'vpc-b',
    owner: BOB,
  });
  expect(missingPeering(trace)).toBeUndefined();
  const { To: _, ...stranger } = trace;
  const nowhere = { Trouble: 'NO_ROUTE' as const, Step: 0, Why: 'No route.', Remedies: [] };
  expect(missingPeering({ ...stranger, Causes: [nowhere], Remedies: [] })).toEqual({ from: 'vpc-a' });
});

it('asks the other owner for their part alone', () => {
  const text = askOthers(trace, ALICE);
  expect(text).toContain('lead 10.0.0.0/16 to pcx-1');
  expect(text).not.toContain('rtb-1');
  expect(askOthers({ ...trace, Remedies: [route] }, ALICE)).toBeUndefined();
  const { From: _, ...fromOutside } = trace;
  expect(askOthers({ ...fromOutside, Source: '192.0.2.7' }, ALICE)).toContain(
    'from 192.0.2.7 to 10.1.1.4 (vpc-b)',
  );
});

it('understands where a packet is to go', () => {
  expect(goalOf(' 10.1.1.4 ')).toEqual({ To: '10.1.1.4' });
  expect(goalOf('vpc-1234abcd/10.1.1.4')).toEqual({ To: '10.1.1.4', ToNetId: 'vpc-1234abcd' });
  expect(goalOf('i-1234abcd')).toEqual({ To: 'i-1234abcd' });
  expect(['', 'there', '10.1.1', 'vpc-1234abcd', 'vpc-1234abcd/i-1234abcd'].map(goalOf)).toEqual(
    Array(5).fill(undefined),
  );
});

it('takes the Nets that have an address out of what the server says', () => {
  const refused =
    "The value '10.4.0.4' of To is not accepted: it is in several Nets, vpc-1234abcd, vpc-5678abcd, and ToNetId says which one is meant.";
  expect(candidatesIn(refused)).toEqual(['vpc-1234abcd', 'vpc-5678abcd']);
  expect(candidatesIn("The value 'x' of To is malformed: the id of a VM is expected.")).toEqual([]);
});

const mine = (Call: string, Arguments: Remedy['Arguments']): Remedy => ({
  AccountId: ALICE,
  Call,
  Arguments,
});
const newService = mine('CreateInternetService', {});
const linkService = mine('LinkInternetService', {
  InternetServiceId: '<the InternetServiceId that CreateInternetService answers>',
  NetId: 'vpc-a',
});
const leadOut = mine('CreateRoute', {
  RouteTableId: 'rtb-1',
  DestinationIpRange: '0.0.0.0/0',
  GatewayId: '<the InternetServiceId that CreateInternetService answers>',
});
const newIp = mine('CreatePublicIp', {});
const linkIp = mine('LinkPublicIp', {
  PublicIpId: '<the PublicIpId that CreatePublicIp answers>',
  NicId: 'eni-1',
  PrivateIp: '10.0.1.4',
});
const outward = [newService, linkService, leadOut, newIp, linkIp];

it('makes a way outside in one plan', () => {
  expect(planOf(outward, ALICE).map((it) => it.call)).toEqual(outward.map((it) => it.Call));
  expect(planOf([linkIp], ALICE)).toEqual([]);
});

it('keeps together what is of no use alone', () => {
  expect(chainsOf([newService, linkService, leadOut])).toEqual([[newService, linkService, leadOut]]);
  expect(chainsOf([newService, linkService, newIp, linkIp])).toEqual([
    [newService, linkService, newIp, linkIp],
  ]);
  expect(chainsOf([route, newIp, linkIp])).toEqual([[route], [newIp, linkIp]]);
  expect(chainsOf([ask, leadThere])).toEqual([[ask], [leadThere]]);
});

it('keeps a public IP that there is already with the internet service that it takes', () => {
  const linkSpare = mine('LinkPublicIp', {
    PublicIpId: 'eipalloc-1',
    NicId: 'eni-1',
    PrivateIp: '10.0.1.4',
  });
  expect(chainsOf([newService, linkService, linkSpare])).toEqual([[newService, linkService, linkSpare]]);
  expect(chainsOf([linkSpare])).toEqual([[linkSpare]]);
  expect(comesLater([linkSpare], [newService, linkService, leadOut, linkSpare])).toBe(true);
  expect(comesLater([linkSpare], [linkSpare])).toBe(false);
});

it('links no public IP before the internet service that it takes', () => {
  expect(comesLater([newIp, linkIp], outward)).toBe(true);
  expect(comesLater([newIp, linkIp], [route, newIp, linkIp])).toBe(false);
  expect(comesLater([newService, linkService, newIp, linkIp], outward)).toBe(false);
});

it('has no Net to ask from where a packet comes from outside', () => {
  const { From: _, To: __, ...outside } = trace;
  const nowhere = { Trouble: 'NO_ROUTE' as const, Step: 0, Why: 'No route.', Remedies: [] };
  expect(missingPeering({ ...outside, Causes: [nowhere], Remedies: [] })).toBeUndefined();
});
