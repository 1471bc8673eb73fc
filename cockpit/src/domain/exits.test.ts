import { expect, it } from 'vitest';
import type { InternetService, PublicIp, Vm } from '../api/schema.ts';
import {
  exists,
  inNet,
  linkable,
  makeNat,
  natOf,
  netsWithoutService,
  openNet,
  outsideOf,
  publicAddresses,
  publicOf,
  serviceOf,
  standFor,
  subnetsForNat,
  tablesTo,
  targetWords,
} from './exits.ts';
import { ALICE, net, subnet, table, vm } from './fixtures.ts';

const linked: InternetService = { InternetServiceId: 'igw-1', NetId: 'vpc-a', State: 'available', Tags: [] };
const free: InternetService = { InternetServiceId: 'igw-2', Tags: [] };

/** A machine with one NIC; `shown` stands for its address: allocated, or its own. */
function machine(id: string, netId: string, privateIp: string, shown?: string, allocated = true): Vm {
  const LinkPublicIp = shown === undefined ? {} : { LinkPublicIp: publicLink(shown, allocated) };
  return {
    ...vm(id, netId),
    Nics: [
      {
        AccountId: ALICE,
        Description: '',
        IsSourceDestChecked: true,
        LinkNic: {
          DeleteOnVmDeletion: true,
          DeviceNumber: 0,
          LinkNicId: `eni-attach-${id}`,
          State: 'attached',
        },
        ...LinkPublicIp,
        MacAddress: '06:00:00:00:00:01',
        NetId: netId,
        NicId: `eni-${id}`,
        PrivateDnsName: '',
        PrivateIps: [{ IsPrimary: true, ...LinkPublicIp, PrivateDnsName: '', PrivateIp: privateIp }],
        SecurityGroups: [],
        State: 'in-use',
        SubnetId: 'subnet-1',
      },
    ],
  };
}

function publicLink(PublicIp: string, allocated: boolean) {
  return { PublicDnsName: '', PublicIp, ...(allocated ? { PublicIpAccountId: ALICE } : {}) };
}

const till = machine('i-1', 'vpc-a', '10.0.1.4', '203.0.113.10');
const own = machine('i-2', 'vpc-a', '10.0.1.5', '203.0.113.9', false);
const plain = machine('i-3', 'vpc-a', '10.0.1.6');
const shut = machine('i-4', 'vpc-b', '10.1.1.4');
const vms = [till, own, plain, shut];

const ofTill: PublicIp = {
  PublicIp: '203.0.113.10',
  PublicIpId: 'eipalloc-1',
  LinkPublicIpId: 'eipassoc-1',
  NicId: 'eni-i-1',
  PrivateIp: '10.0.1.4',
  VmId: 'i-1',
  Tags: [],
};
const idle: PublicIp = { PublicIp: '203.0.113.100', PublicIpId: 'eipalloc-2', Tags: [] };
const addresses = publicAddresses([idle, ofTill], vms);

it('knows which Nets have a way outside, and which could get one', () => {
  const nets = [net('vpc-a', '10.0.0.0/16'), net('vpc-b', '10.1.0.0/16')];
  expect(serviceOf('vpc-a', [free, linked])).toBe(linked);
  expect(serviceOf('vpc-b', [free, linked])).toBeUndefined();
  expect(netsWithoutService(nets, [free, linked]).map((it) => it.NetId)).toEqual(['vpc-b']);
});

it('knows which tables have a route to an internet service', () => {
  const out = {
    CreationMethod: 'CreateRoute',
    DestinationIpRange: '0.0.0.0/0',
    GatewayId: 'igw-1',
    State: 'active' as const,
  };
  const tables = [table('rtb-1', ['main']), table('rtb-2', [], [out])];
  expect(tablesTo('igw-1', tables).map((it) => it.RouteTableId)).toEqual(['rtb-2']);
});

it('knows what a NAT service needs, what stands for it and what leads to it', () => {
  const nat = {
    NatServiceId: 'nat-1',
    NetId: 'vpc-a',
    SubnetId: 'subnet-1',
    PublicIps: [{ PublicIp: idle.PublicIp, PublicIpId: idle.PublicIpId }],
    State: 'available' as const,
    Tags: [],
  };
  const subnets = [subnet('subnet-1', 'vpc-a', '10.0.1.0/24'), subnet('subnet-2', 'vpc-b', '10.1.1.0/24')];
  expect(subnetsForNat(subnets, [free, linked]).map((it) => it.SubnetId)).toEqual(['subnet-1']);
  expect(makeNat('subnet-1').map((it) => it.call)).toEqual(['CreatePublicIp', 'CreateNatService']);
  expect(makeNat('subnet-1', 'eipalloc-2')).toEqual([
    { call: 'CreateNatService', args: { SubnetId: 'subnet-1', PublicIpId: 'eipalloc-2' } },
  ]);
  expect(natOf(idle, [nat])).toBe(nat);
  expect(natOf(ofTill, [nat])).toBeUndefined();
  const forNat = { ...idle, NicId: 'eni-9', PrivateIp: '10.0.1.9' };
  expect(inNet('vpc-a', publicAddresses([forNat], [], [nat])).map((it) => it.address)).toEqual([
    idle.PublicIp,
  ]);
  expect([exists(nat), exists({ ...nat, State: 'deleted' })]).toEqual([true, false]);
  const through = {
    CreationMethod: 'CreateRoute',
    DestinationIpRange: '0.0.0.0/0',
    NatServiceId: 'nat-1',
    State: 'active' as const,
  };
  expect(tablesTo('nat-1', [table('rtb-1', ['main']), table('rtb-2', [], [through])])).toHaveLength(1);
});

it('opens a Net by a new internet service, or by one that is there', () => {
  expect(openNet('vpc-b', 'igw-2')).toEqual([
    { call: 'LinkInternetService', args: { InternetServiceId: 'igw-2', NetId: 'vpc-b' } },
  ]);
  expect(openNet('vpc-b').map((it) => it.call)).toEqual(['CreateInternetService', 'LinkInternetService']);
});

it('gives an address a new public IP, or one that is there', () => {
  expect(standFor('eni-1', '10.0.1.4', 'eipalloc-2')).toEqual([
    {
      call: 'LinkPublicIp',
      args: { PublicIpId: 'eipalloc-2', NicId: 'eni-1', PrivateIp: '10.0.1.4' },
    },
  ]);
  expect(standFor('eni-1', '10.0.1.4').map((it) => it.call)).toEqual(['CreatePublicIp', 'LinkPublicIp']);
});

it('lists by address what was allocated and what machines got at their start', () => {
  expect(addresses.map((it) => [it.address, it.allocated?.PublicIpId, it.standsFor?.vm?.VmId])).toEqual([
    ['203.0.113.9', undefined, 'i-2'],
    ['203.0.113.10', 'eipalloc-1', 'i-1'],
    ['203.0.113.100', 'eipalloc-2', undefined],
  ]);
});

it('knows what keeps the internet service of a Net linked', () => {
  expect(inNet('vpc-a', addresses).map((it) => it.address)).toEqual(['203.0.113.9', '203.0.113.10']);
  expect(inNet('vpc-b', addresses)).toEqual([]);
});

it('offers the addresses of machines in Nets with a way outside, but those that have a public IP', () => {
  expect(linkable(vms, [linked]).map(targetWords)).toEqual(['10.0.1.5 of i-2', '10.0.1.6 of i-3']);
  expect(linkable(vms, [free])).toEqual([]);
});

it('knows what stands for an address of a machine', () => {
  expect(publicOf(till, '10.0.1.4')).toEqual({ address: '203.0.113.10', allocated: true });
  expect(publicOf(own, '10.0.1.5')).toEqual({ address: '203.0.113.9', allocated: false });
  expect(publicOf(plain, '10.0.1.6')).toBeUndefined();
});

it('knows the address of what is outside, where the Region has public addresses', () => {
  expect(outsideOf(['203.0.113.0/24'])).toBe('203.0.113.1');
  expect(outsideOf([])).toBeUndefined();
});
