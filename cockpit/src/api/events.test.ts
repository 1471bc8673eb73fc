import { expect, it } from 'vitest';
import { concerned } from './events.ts';

it('has read again what an event is about', () => {
  expect(concerned('NET_PEERING_ACCEPTED')).toContain('ReadNetPeerings');
  expect(concerned('NET_PEERING_EXPIRED')).toContain('ReadRouteTables');
  expect(concerned('NET_CREATED')).toContain('ReadNets');
  expect(concerned('NET_CREATED')).not.toContain('ReadNetPeerings');
  expect(concerned('SECURITY_GROUP_RULES_CHANGED')).toContain('ReadSecurityGroups');
  expect(concerned('VM_STOPPED')).toContain('TracePath');
});

it('has everything read again where the type does not say what it is about', () => {
  expect(concerned('TAGS_CHANGED')).toBeUndefined();
  expect(concerned('CLOCK_ADVANCED')).toBeUndefined();
});
