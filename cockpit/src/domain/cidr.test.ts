import { describe, expect, it } from 'vitest';
import {
  cidrProblem,
  compareCidrs,
  firstMachine,
  freeNetRange,
  freeRange,
  isPrivate,
  netRangeWarning,
  parseCidr,
  rangesOverlap,
  subnetProblem,
} from './cidr.ts';

describe('parseCidr', () => {
  it('reads a range', () => expect(parseCidr('10.1.0.0/16')).toEqual({ address: 0x0a010000, length: 16 }));

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/8/8',
    '010.0.0.0/8',
    'a/8',
    '10.0.0.0/',
  ])('takes %j for no range', (text) => expect(parseCidr(text)).toBeUndefined());
});

describe('rangesOverlap', () => {
  it.each([
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/8', '10.200.0.0/16', true],
    ['10.200.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['0.0.0.0/0', '203.0.113.0/24', true],
    ['192.168.0.0/17', '192.168.128.0/17', false],
  ])('%s and %s: %s', (one, other, expected) => expect(rangesOverlap(one, other)).toBe(expected));
});

describe('cidrProblem', () => {
  it('proposes the range whose host bits are not set', () => {
    expect(cidrProblem('10.0.1.7/24')).toContain('10.0.1.0/24');
  });

  it('holds the bounds of a size', () => {
    expect(cidrProblem('10.0.0.0/15', 16, 28)).toContain('/16 to /28');
    expect(cidrProblem('10.0.0.0/29', 16, 28)).toContain('/16 to /28');
    expect(cidrProblem('10.0.0.0/16', 16, 28)).toBeUndefined();
    expect(cidrProblem('10.0.0.0/28', 16, 28)).toBeUndefined();
  });
});

describe('subnetProblem', () => {
  it('wants a part of the Net', () =>
    expect(subnetProblem('10.1.0.0/24', '10.0.0.0/16', [])).toContain('within'));

  it('names the Subnet that is in the way', () => {
    expect(subnetProblem('10.0.0.0/23', '10.0.0.0/16', ['10.0.1.0/24'])).toContain('10.0.1.0/24');
  });

  it('accepts what is free', () => {
    expect(subnetProblem('10.0.2.0/24', '10.0.0.0/16', ['10.0.1.0/24'])).toBeUndefined();
  });
});

describe('freeRange', () => {
  it('leaves out what is taken', () => {
    expect(freeRange('10.0.0.0/16', ['10.0.0.0/24', '10.0.1.0/25'])).toBe('10.0.2.0/24');
  });

  it('finds nothing in a Net that is full', () => {
    expect(freeRange('10.0.0.0/28', ['10.0.0.0/28'], 28)).toBeUndefined();
  });

  it('fits into a Net that is smaller than what is usual', () => {
    expect(freeRange('10.0.0.0/28', [])).toBe('10.0.0.0/28');
  });
});

describe('freeNetRange', () => {
  const ACCOUNT = '123456789012';

  it('proposes a range for a Net that can be peered with all others that are known', () => {
    const first = freeNetRange([], ACCOUNT);
    const second = freeNetRange([first], ACCOUNT);
    const third = freeNetRange([first, second.replace('/16', '/20')], ACCOUNT);
    expect(new Set([first, second, third]).size).toBe(3);
    expect([first, second, third].every(isPrivate)).toBe(true);
  });

  it('proposes different ones to accounts that know nothing of each other', () => {
    const accounts = Array.from({ length: 256 }, (_, index) => `${100_000_000_000 + index * 7919}`);
    const proposed = new Set(accounts.map((account) => freeNetRange([], account)));
    expect(proposed.size).toBeGreaterThan(140);
  });

  it('ends where everything is taken', () => {
    expect(freeNetRange(['10.0.0.0/8'], ACCOUNT)).toMatch(/^10\.\d+\.0\.0\/16$/);
  });
});

describe('netRangeWarning', () => {
  it.each(['10.0.0.0/16', '172.31.0.0/16', '192.168.7.0/24', '100.127.0.0/16', 'no range'])(
    'has nothing to say about %s',
    (range) => expect(netRangeWarning(range, ['10.9.0.0/16'])).toBeUndefined(),
  );

  it.each(['172.32.0.0/16', '100.128.0.0/16', '8.8.0.0/16', '192.0.0.0/16'])('warns of %s', (range) =>
    expect(netRangeWarning(range, [])).toContain('on the Internet'),
  );

  it('warns of what can never be peered with what one has', () => {
    expect(netRangeWarning('10.9.128.0/17', ['10.9.0.0/16'])).toContain('10.9.0.0/16');
  });
});

it('guesses where the first machine of a Net is', () => {
  expect(firstMachine('10.7.0.0/16')).toBe('10.7.0.4');
  expect(firstMachine('nothing')).toBe('');
});

it('sorts by number and not by text', () => {
  expect(['10.10.0.0/16', '10.9.0.0/16', '10.9.0.0/8'].toSorted(compareCidrs)).toEqual([
    '10.9.0.0/8',
    '10.9.0.0/16',
    '10.10.0.0/16',
  ]);
});
