import { expect, it } from 'vitest';
import { doneOf, isComplete, isForSetup, type PeeringHealth, troublesOf } from './health.ts';
import { ALICE, BOB } from './fixtures.ts';

type Finding = PeeringHealth['Findings'][number];

const side = (
  NetId: string,
  AccountId: string,
  Leads: PeeringHealth['Source']['Leads'],
  Admits: boolean,
) => ({
  NetId,
  AccountId,
  IpRange: '10.0.0.0/16',
  Leads,
  Admits,
  Subnets: [],
});

const finding = (AccountId: string, Kind: string) =>
  ({ AccountId, Kind, NetId: 'vpc-a', Why: '' }) as Finding;

function health(Passable: boolean, ...Findings: Finding[]): PeeringHealth {
  return {
    NetPeeringId: 'pcx-1',
    State: 'active',
    Passable,
    Source: side('vpc-a', ALICE, 'ALL', false),
    Accepter: side('vpc-b', BOB, 'UNTOLD', true),
    Pairs: [],
    Findings,
    ResponseContext: { RequestId: '' },
  };
}

it('is complete where packets pass and nothing is left for the viewer to set up', () => {
  expect(isComplete(health(true), ALICE)).toBe(true);
  expect(isComplete(health(false), ALICE)).toBe(false);
  expect(isComplete(health(true, finding(ALICE, 'NO_ROUTE')), ALICE)).toBe(false);
  expect(isComplete(health(true, finding(BOB, 'NO_ROUTE')), ALICE)).toBe(true);
});

it('takes a side that lets nothing in for wrong only where nothing passes', () => {
  const [noRule, noRoute] = [finding(ALICE, 'NO_RULE'), finding(ALICE, 'NO_ROUTE')];
  expect(troublesOf(health(false, noRule, noRoute))).toEqual([noRule, noRoute]);
  expect(troublesOf(health(true, noRule, noRoute))).toEqual([noRoute]);
  expect(isComplete(health(true, noRule), ALICE)).toBe(true);
});

it('knows what the set-up does away with', () => {
  expect(isForSetup(finding(ALICE, 'NO_ROUTE'), ALICE)).toBe(true);
  expect(isForSetup(finding(ALICE, 'SUBREGION_FAILED'), ALICE)).toBe(false);
});

it('takes for done what is told to be so, and nothing else', () => {
  expect(doneOf(health(true), 'vpc-a')).toEqual({ leads: true, admits: false });
  expect(doneOf(health(true), 'vpc-b')).toEqual({ leads: false, admits: false });
  expect(doneOf(undefined, 'vpc-a')).toEqual({ leads: false, admits: false });
});
