import { describe, expect, it } from 'vitest';
import {
  cidrProblem,
  compareCidrs,
  freeNetRange,
  freeRange,
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

it('proposes a range for a Net that can be peered with all others', () => {
  expect(freeNetRange(['10.0.0.0/16', '10.1.0.0/20'])).toBe('10.2.0.0/16');
});

it('sorts by number and not by text', () => {
  expect(['10.10.0.0/16', '10.9.0.0/16', '10.9.0.0/8'].toSorted(compareCidrs)).toEqual([
    '10.9.0.0/8',
    '10.9.0.0/16',
    '10.10.0.0/16',
  ]);
});
