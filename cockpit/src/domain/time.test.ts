import { describe, expect, it } from 'vitest';
import { ServerClock } from '../session/clock.ts';
import { ANSWER_TIME, duration, exact, relative, urgency } from './time.ts';

const HOUR = 3_600_000;

describe('duration', () => {
  it.each([
    [ANSWER_TIME, '7 d'],
    [ANSWER_TIME - 1000, '6 d 23 h'],
    [HOUR + 61_000, '1 h 1 min'],
    [HOUR + 1000, '1 h'],
    [61_000, '1 min 1 s'],
    [999, '0 s'],
    [-5, '0 s'],
  ])('%i ms: %s', (milliseconds, words) => expect(duration(milliseconds)).toBe(words));
});

describe('relative', () => {
  it.each([
    [-3 * 60_000, '3 min ago'],
    [-30_000, 'less than a minute ago'],
    [0, 'just now'],
    [2 * 24 * HOUR, 'in 2 d'],
  ])('%i ms from now: %s', (distance, words) => expect(relative(distance, 0)).toBe(words));
});

it('says how pressing a deadline is', () => {
  expect([ANSWER_TIME, 24 * HOUR, 24 * HOUR - 1, HOUR, HOUR - 1, 0].map(urgency)).toEqual([
    'calm',
    'calm',
    'soon',
    'soon',
    'now',
    'now',
  ]);
});

it('writes exact times in UTC', () => {
  expect(exact(Date.parse('2026-11-29T18:44:49.123Z'))).toBe('2026-11-29 18:44:49 UTC');
});

describe('the clock of the server', () => {
  it('goes on as the browser’s does, from where the server was seen', () => {
    let local = 1_000;
    const clock = new ServerClock(() => local);
    clock.seen(50_000, false);
    local += 700;
    expect(clock.now()).toBe(50_700);
  });

  it('stands still where it is moved by hand, and never goes back', () => {
    let local = 0;
    const clock = new ServerClock(() => local);
    clock.seen(50_000, true);
    local += 700;
    expect(clock.now()).toBe(50_000);
    clock.atLeast(60_000);
    clock.atLeast(55_000);
    expect(clock.now()).toBe(60_000);
  });
});
