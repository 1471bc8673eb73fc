import { expect, it } from 'vitest';
import type { AclEntry, NetworkAcl } from '../api/actions.ts';
import type { Subnet } from '../api/schema.ts';
import {
  aclOf,
  associationOf,
  entriesOf,
  entryArguments,
  LAST,
  nextNumber,
  numberWords,
  otherSubnets,
  packetWords,
  typedOf,
} from './acls.ts';

const entry = (number: number, more: Partial<AclEntry> = {}): AclEntry => ({
  number,
  egress: false,
  allows: true,
  protocol: '-1',
  range: '0.0.0.0/0',
  ...more,
});

const acl = (id: string, entries: AclEntry[], ...subnets: string[]): NetworkAcl => ({
  NetworkAclId: id,
  NetId: 'vpc-a',
  Default: false,
  Entries: entries,
  Associations: subnets.map((SubnetId) => ({ AssociationId: `aclassoc-${SubnetId}`, SubnetId })),
  Tags: [],
});

const subnet = (SubnetId: string, NetId = 'vpc-a') => ({ SubnetId, NetId }) as Subnet;

it('N2: lists the entries of a direction in the order in which they are asked', () => {
  const all = [entry(LAST, { allows: false }), entry(200), entry(100, { egress: true }), entry(100)];
  expect(entriesOf(acl('acl-1', all), false).map(numberWords)).toEqual(['100', '200', 'last']);
  expect(entriesOf(acl('acl-1', all), true).map(numberWords)).toEqual(['100']);
});

it('offers a number that leaves room for others', () => {
  expect(nextNumber([entry(LAST)])).toBe(100);
  expect(nextNumber([entry(100), entry(110), entry(LAST)])).toBe(200);
  expect(nextNumber([entry(LAST - 1)])).toBe(LAST - 1);
});

it('says which packets an entry is about', () => {
  expect(packetWords(entry(1))).toBe('all traffic');
  expect(packetWords(entry(1, { protocol: '6', ports: { from: 443, to: 443 } }))).toBe('tcp 443');
  expect(packetWords(entry(1, { protocol: '17', ports: { from: 1024, to: 65_535 } }))).toBe(
    'udp 1024 to 65535',
  );
  expect(packetWords(entry(1, { protocol: '6', ports: { from: 0, to: 65_535 } }))).toBe('all tcp');
  expect(packetWords(entry(1, { protocol: '1', icmp: { type: 8, code: -1 } }))).toBe('icmp, type 8');
  expect(packetWords(entry(1, { protocol: '1', icmp: { type: -1, code: -1 } }))).toBe('all icmp');
  expect(packetWords(entry(1, { protocol: '50' }))).toBe('protocol 50');
});

it('N1: finds the one ACL of each Subnet, and which Subnets another one could get', () => {
  const [own, other] = [acl('acl-1', [], 'subnet-1'), acl('acl-2', [], 'subnet-2')];
  expect(aclOf('subnet-2', [own, other])).toBe(other);
  expect(associationOf('subnet-2', [own, other])).toBe('aclassoc-subnet-2');
  expect(associationOf('subnet-3', [own, other])).toBeUndefined();
  const subnets = [subnet('subnet-1'), subnet('subnet-2'), subnet('subnet-4', 'vpc-b')];
  expect(otherSubnets(own, subnets).map((it) => it.SubnetId)).toEqual(['subnet-2']);
});

const typed = { RuleNumber: '100', RuleAction: 'allow', PortRange: '', CidrBlock: '10.0.0.0/16' };

it('writes an entry as the API takes it, and reads it back as it was typed', () => {
  expect(entryArguments('acl-1', true, { ...typed, Protocol: 'tcp', PortRange: '80-90' })).toEqual({
    NetworkAclId: 'acl-1',
    RuleNumber: 100,
    Egress: true,
    RuleAction: 'allow',
    Protocol: 'tcp',
    CidrBlock: '10.0.0.0/16',
    'PortRange.From': 80,
    'PortRange.To': 90,
  });
  expect(entryArguments('acl-1', false, { ...typed, Protocol: 'udp' })).toMatchObject({
    'PortRange.From': 0,
    'PortRange.To': 65_535,
  });
  expect(entryArguments('acl-1', false, { ...typed, Protocol: 'icmp', PortRange: '8' })).toMatchObject({
    'Icmp.Type': 8,
    'Icmp.Code': -1,
  });
  const six = entryArguments('acl-1', false, {
    ...typed,
    RuleAction: 'deny',
    Protocol: '-1',
    CidrBlock: '::/0',
  });
  expect(six).toMatchObject({ RuleAction: 'deny', Ipv6CidrBlock: '::/0' });
  expect(six).not.toHaveProperty('CidrBlock');

  expect(typedOf(entry(100, { protocol: '6', ports: { from: 80, to: 90 }, range: '10.0.0.0/16' }))).toEqual({
    ...typed,
    Protocol: 'tcp',
    PortRange: '80-90',
  });
  expect(typedOf(entry(7, { protocol: '1', icmp: { type: 8, code: -1 }, allows: false }))).toMatchObject({
    RuleAction: 'deny',
    Protocol: 'icmp',
    PortRange: '8',
  });
});
