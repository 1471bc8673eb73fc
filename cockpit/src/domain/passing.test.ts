import { describe, expect, it } from 'vitest';
import { ALICE, summary } from './fixtures.ts';
import { obstacleOf } from './passing.ts';

describe('obstacleOf', () => {
  it.each([
    [summary(['NONE', false], ['NONE', false]), 'no route on either side, no rule that lets anything in'],
    [summary(['NONE', true], ['ALL', false]), 'no route from 10.0.0.0/16'],
    [summary(['ALL', false], ['NONE', true]), 'no route on their side'],
    [summary(['ALL', false], ['SOME', false]), 'no rule that lets anything in'],
    [summary(['SOME', true], ['SOME', true]), 'routes and rules do not meet'],
  ])('R2: names what is missing, and on whose side', (given, expected) => {
    expect(obstacleOf(given, ALICE)).toBe(expected);
  });

  it('has nothing to say where something passes, or where the peering itself does not let it', () => {
    expect(obstacleOf(summary(['ALL', true], ['ALL', false], true), ALICE)).toBeUndefined();
    const pending = { ...summary(['NONE', false], ['UNTOLD', false]), State: 'pending-acceptance' as const };
    expect(obstacleOf(pending, ALICE)).toBeUndefined();
  });
});
