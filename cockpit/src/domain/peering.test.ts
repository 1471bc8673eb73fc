import { describe, expect, it } from 'vitest';
import type { StateName } from '../api/schema.ts';
import { ALICE, BOB, peering } from './fixtures.ts';
import { actionsFor, partyOf, stateAt, STATES } from './peering.ts';

describe('actionsFor', () => {
  it.each([
    ['pending-acceptance', 'requester', ['withdraw']],
    ['pending-acceptance', 'accepter', ['accept', 'reject']],
    ['pending-acceptance', 'both', ['accept', 'reject', 'withdraw']],
    ['pending-acceptance', 'neither', []],
    ['active', 'requester', ['end']],
    ['active', 'accepter', ['end']],
    ['active', 'both', ['end']],
    ['active', 'neither', []],
  ] as const)('L1: %s, %s: %j', (state, party, actions) => expect(actionsFor(state, party)).toEqual(actions));

  it('L1: offers nothing about a dead peering, to nobody', () => {
    const dead = STATES.filter((state) => state !== 'active' && state !== 'pending-acceptance');
    for (const state of dead) {
      for (const party of ['requester', 'accepter', 'both', 'neither'] as const) {
        expect(actionsFor(state, party)).toEqual([]);
      }
    }
  });
});

it('knows whose a peering is', () => {
  const between: StateName = 'active';
  expect(partyOf(peering(between), ALICE)).toBe('requester');
  expect(partyOf(peering(between), BOB)).toBe('accepter');
  expect(partyOf(peering(between, ALICE), ALICE)).toBe('both');
  expect(partyOf(peering(between), '333333333333')).toBe('neither');
});

describe('stateAt', () => {
  const expiry = '2026-12-03T18:00:00.000Z';
  const pending = peering('pending-acceptance', BOB, expiry);

  it('L2: a request is expired at its expiry, and not a millisecond before', () => {
    expect(stateAt(pending, Date.parse(expiry) - 1)).toBe('pending-acceptance');
    expect(stateAt(pending, Date.parse(expiry))).toBe('expired');
  });

  it('leaves every other state as it is', () => {
    expect(stateAt(peering('active'), Date.parse(expiry))).toBe('active');
  });
});
