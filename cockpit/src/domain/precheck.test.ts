import { describe, expect, it } from 'vitest';
import { BOB, net, peering, vm } from './fixtures.ts';
import { canAsk, checks, type Known, type Target } from './precheck.ts';

const mine = net('vpc-a', '10.0.0.0/16');
const other = net('vpc-c', '10.2.0.0/16');
const nothing: Known = {
  peerings: [],
  vms: [vm('i-1', 'vpc-a'), vm('i-2', 'vpc-c')],
  quotas: [],
  activePerNet: 125,
};
const own: Target = { netId: 'vpc-c', own: other };
const theirs: Target = { netId: 'vpc-b', ownerId: BOB };

function verdict(title: string, target: Target, known: Known = nothing, source = mine) {
  return checks(source, target, known).find((check) => check.title === title)?.verdict;
}

it('finds nothing in the way of two Nets of one’s own', () => {
  expect(checks(mine, own, nothing).map((check) => check.verdict)).not.toContain('no');
  expect(canAsk(checks(mine, own, nothing))).toBe(true);
});

it('P4: sees an overlap with a Net of one’s own, and cannot see one with another’s', () => {
  const inside = { netId: 'vpc-d', own: net('vpc-d', '10.0.128.0/20') };
  expect(verdict('Ranges do not overlap', inside)).toBe('no');
  expect(verdict('Ranges do not overlap', theirs)).toBe('maybe');
});

it('P10: a Net cannot peer with itself', () => {
  expect(verdict('Two different Nets', { netId: 'vpc-a', own: mine })).toBe('no');
});

describe('P9', () => {
  it('an active peering is in the way, whichever way round', () => {
    const known = { ...nothing, peerings: [peering('active')] };
    expect(verdict('Not peered yet', theirs, known)).toBe('no');
    expect(verdict('Not peered yet', { netId: 'vpc-a', own: mine }, known, net('vpc-b', '10.1.0.0/16'))).toBe(
      'no',
    );
  });

  it('one’s own request is in the way, theirs is worth a hint', () => {
    const known = { ...nothing, peerings: [peering('pending-acceptance')] };
    expect(verdict('Not peered yet', theirs, known)).toBe('no');
    expect(verdict('Not peered yet', { netId: 'vpc-a', own: mine }, known, net('vpc-b', '10.1.0.0/16'))).toBe(
      'maybe',
    );
  });

  it('a dead one is not', () => {
    expect(verdict('Not peered yet', theirs, { ...nothing, peerings: [peering('rejected')] })).toBe('yes');
  });
});

it('P6: tells that a Net has no VM; a terminated one does not count', () => {
  const known = { ...nothing, vms: [vm('i-1', 'vpc-a', 'terminated')] };
  expect(verdict('Your Net has a VM', theirs, known)).toBe('maybe');
  expect(verdict('Your Net has a VM', theirs)).toBe('yes');
});

it('P12: knows the limits', () => {
  const quota = {
    AccountId: BOB,
    Name: 'networklink_request_limit',
    ShortDescription: '',
    Description: '',
    QuotaCollection: 'VPC',
    MaxValue: 25,
    UsedValue: 25,
  };
  expect(verdict('Room for one more request', theirs, { ...nothing, quotas: [quota] })).toBe('no');
  expect(
    verdict('Room for one more request', theirs, { ...nothing, quotas: [{ ...quota, UsedValue: 24 }] }),
  ).toBe('yes');
  const full = { ...nothing, peerings: [peering('active')], activePerNet: 1 };
  expect(verdict('Room for one more peering', { netId: 'vpc-z', ownerId: BOB }, full)).toBe('no');
});
