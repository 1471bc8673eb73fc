import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../api/generated.ts';
import { actorWords, concerned, eventWords, TOPICS, topicOf, typesOf } from './events.ts';

it('has read again what an event is about', () => {
  expect(concerned('NET_PEERING_ACCEPTED')).toContain('ReadNetPeerings');
  expect(concerned('NET_PEERING_EXPIRED')).toContain('ReadRouteTables');
  expect(concerned('NET_CREATED')).toContain('ReadNets');
  expect(concerned('NET_CREATED')).not.toContain('ReadNetPeerings');
  expect(concerned('SECURITY_GROUP_RULES_CHANGED')).toContain('ReadSecurityGroups');
  expect(concerned('VM_STOPPED')).toContain('TracePath');
  expect(concerned('INTERNET_SERVICE_UNLINKED')).toContain('ReadRouteTables');
  expect(concerned('NAT_SERVICE_DELETED')).toContain('ReadRouteTables');
  expect(concerned('PUBLIC_IP_LINKED')).toContain('ReadVms');
  expect(concerned('KEYPAIR_CREATED')).toContain('ReadEvents');
});

it('has everything read again where the type does not say what it is about', () => {
  expect(concerned('TAGS_CHANGED')).toBeUndefined();
  expect(concerned('CLOCK_ADVANCED')).toBeUndefined();
  expect(concerned('OF_A_NEWER_SERVER')).toBeUndefined();
});

it('has one topic for each type, and a type for each topic', () => {
  expect(EVENT_TYPES.filter((type) => topicOf(type) === undefined)).toEqual([]);
  expect(TOPICS.flatMap(typesOf).toSorted()).toEqual(EVENT_TYPES.toSorted());
  expect(TOPICS.filter((topic) => typesOf(topic).length === 0)).toEqual([]);
});

it('says in words what happened, and by whom', () => {
  expect(eventWords('NET_PEERING_FORGOTTEN')).toBe('Peering no longer shown');
  expect(eventWords('VM_STARTED')).toBe('VM started');
  expect(eventWords('NIC_LINKED')).toBe('NIC linked');
  expect(eventWords('PUBLIC_IP_LINKED')).toBe('Public IP linked');
  expect(eventWords('NETWORK_ACL_CHANGED')).toBe('Network ACL changed');
  expect(eventWords('SECURITY_GROUP_RULES_CHANGED')).toBe('Security group rules changed');
  expect(actorWords('111111111111', '111111111111')).toBe('you');
  expect(actorWords('222222222222', '111111111111')).toBe('account 222222222222');
  expect(actorWords('clock', '111111111111')).toBe('the passing of time');
  expect(actorWords('operator', '111111111111')).toBe('the operator');
});
