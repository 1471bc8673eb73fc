/** A server with something on every page, and those pages. */
import type { Vm } from '../src/api/schema.ts';
import { type Server, Tenant } from './server.ts';

export const ALICE = '111111111111';
export const BOB = '222222222222';

/** The ids of what {@link furnish} made. */
export const ids: Record<string, string> = {};

/** Each page, with what its heading says and, as a selector, what must have arrived before it is looked at. */
export const PAGES: [name: string, path: () => string, heading: string | RegExp, arrived?: string][] = [
  ['map', () => '/map', 'Map', '[title*="nothing can pass"]'],
  ['peerings', () => '/peerings', 'Peerings', 'text=packets can pass'],
  ['peering-active', () => `/peerings/${ids.active}`, 'shop to payments'],
  ['peering-own', () => `/peerings/${ids.own}`, /^pcx-/, 'text=The set-up is complete'],
  ['peering-pending', () => `/peerings/${ids.pending}`, /^pcx-/],
  ['peering-rejected', () => `/peerings/${ids.rejected}`, /^pcx-/],
  ['create-peering', () => `/peerings/new?from=${ids.shop}`, 'Create a peering'],
  ['requests', () => '/requests', 'Requests to me', 'text=Ledger & sons'],
  ['path', () => '/path', 'Test a path'],
  ['event-log', () => '/event-log', 'Event log', 'text=VM created'],
  ['path-open', () => `/path?From=${ids.vm}&To=${ids.open}`, 'Test a path', 'text=It arrives, and its reply'],
  ['path-nowhere', () => `/path?From=${ids.vm}&To=10.200.0.4`, 'Test a path', 'text=Ask for a peering'],
  [
    'path-blocked',
    () => `/path?From=${ids.vm}&To=${ids.closed}`,
    'Test a path',
    'text=It does not get through',
  ],
  ['nets', () => '/nets', 'Nets'],
  ['net', () => `/nets/${ids.shop}`, 'shop', 'text=packets can pass'],
  ['route-tables', () => '/route-tables', 'Route tables'],
  ['route-table', () => `/route-tables/${ids.table}`, 'Route table'],
  ['network-acls', () => '/network-acls', 'Network ACLs', 'text=border'],
  ['network-acl', () => `/network-acls/${ids.acl}`, 'border', 'text=tcp 443'],
  [
    'path-acl',
    () => `/path?From=${ids.labVm}&To=203.0.113.1`,
    'Test a path',
    'role=button[name="Add the entry"] >> nth=0',
  ],
  ['internet-services', () => '/internet-services', 'Internet services', 'text=door'],
  ['internet-service', () => `/internet-services/${ids.door}`, 'door', 'text=10.9.1.4 of'],
  ['nat-services', () => '/nat-services', 'NAT services', 'text=lab'],
  ['nat-service', () => `/nat-services/${ids.nat}`, 'NAT service', 'text=available'],
  ['public-ips', () => '/public-ips', 'Public IPs', 'text=from its start until it stops'],
  ['public-ip', () => `/public-ips/${ids.ip}`, /^203\.0\.113\./, 'text=10.9.1.4 of'],
  ['net-outside', () => `/nets/${ids.lab}`, 'lab', 'text=for 10.9.1.4 of'],
  ['vm-outside', () => `/vms/${ids.labVm}`, /^VM /, 'text=while it runs'],
  ['path-from-outside', () => `/path?From=203.0.113.1&To=${ids.open}`, 'Test a path', 'text=Add a way in'],
  ['security-groups', () => '/security-groups', 'Security groups'],
  ['security-group', () => `/security-groups/${ids.group}`, 'Group default'],
  ['vms', () => '/vms', 'VMs'],
  ['vm', () => `/vms/${ids.vm}`, /^VM /],
  ['account', () => '/account', 'Account', 'text=for the till'],
  ['nowhere', () => '/nowhere', 'There is no such page'],
];

/** Two accounts with Nets, and with a peering in each state between them. */
export async function furnish(server: Server): Promise<void> {
  const alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
  const bob = await Tenant.signIn(server, { AccessKeyId: BOB, SecretKey: 'unchecked' });
  const shop = await alice.net('10.0.0.0/16', 'shop');
  const warehouse = await alice.net('10.1.0.0/16', 'warehouse');
  const lab = await alice.net('10.9.0.0/16', 'lab');
  const payments = await bob.net('10.2.0.0/16', 'payments');
  const ledger = await bob.net('10.3.0.0/16', 'ledger');
  ids.shop = shop;
  ids.active = await alice.ask(shop, payments, BOB);
  await bob.call('AcceptNetPeering', { NetPeeringId: ids.active });
  ids.own = await alice.ask(shop, warehouse, ALICE);
  await alice.call('AcceptNetPeering', { NetPeeringId: ids.own });
  await bob.call('UpdateOwnAccount', { Name: 'Ledger & sons' });
  await alice.call('CreateAccessKey', { Tag: 'for the till' });
  const asked = await bob.call('AskForPeering', {
    SourceNetId: ledger,
    AccepterNetId: shop,
    AccepterOwnerId: ALICE,
    Message: 'For the monthly reports.\nAnn, accounting',
  });
  ids.pending = asked.NetPeeringId;
  ids.rejected = await bob.ask(ledger, lab, ALICE);
  await alice.call('RejectNetPeering', { NetPeeringId: ids.rejected });
  const tags = [
    { Key: 'Name', Value: 'shop to payments' },
    { Key: 'team', Value: 'checkout' },
  ];
  await alice.call('CreateTags', { ResourceIds: [ids.active], Tags: tags });
  const tables = await alice.call('ReadRouteTables', { Filters: { NetIds: [shop] } });
  ids.table = tables.RouteTables[0]?.RouteTableId ?? '';
  await alice.lead(shop, '10.2.0.0/16', ids.active);
  const groups = await alice.call('ReadSecurityGroups', { Filters: { NetIds: [shop] } });
  ids.group = groups.SecurityGroups[0]?.SecurityGroupId ?? '';
  ids.vm = (await machineIn(alice, shop)).VmId;
  ids.open = (await machineIn(alice, warehouse)).VmId;
  ids.closed = (await machineIn(bob, payments)).PrivateIp ?? '';
  await open(alice, lab);
  await alice.lead(shop, '10.1.0.0/16', ids.own);
  await alice.lead(warehouse, '10.0.0.0/16', ids.own);
  await alice.letPing(warehouse, '10.0.0.0/16');
}

/**
 * A way outside for a Net: one machine has a public IP, the other one got an address of its own at its start. Of internet
 * services and public IPs there is a free one too; another public IP stands for a NAT service.
 */
async function open(owner: Tenant, net: string): Promise<void> {
  ids.lab = net;
  ids.door = await owner.openNet(net);
  await owner.call('CreateTags', { ResourceIds: [ids.door], Tags: [{ Key: 'Name', Value: 'door' }] });
  await owner.call('CreateInternetService', {});
  const { VmId, SubnetId = '' } = await machineIn(owner, net);
  const { PublicIp } = await owner.call('CreatePublicIp', {});
  ids.ip = PublicIp.PublicIpId;
  await owner.call('LinkPublicIp', { PublicIpId: PublicIp.PublicIpId, VmId });
  await owner.call('CreatePublicIp', {});
  const forNat = await owner.call('CreatePublicIp', {});
  const { NatService } = await owner.call('CreateNatService', {
    SubnetId,
    PublicIpId: forNat.PublicIp.PublicIpId,
  });
  ids.nat = NatService.NatServiceId;
  await owner.call('UpdateSubnet', { SubnetId, MapPublicIpOnLaunch: true });
  const { Vms } = await owner.call('CreateVms', { ImageId: 'ami-00000001', SubnetId });
  ids.labVm = Vms[0]?.VmId ?? '';
  await guard(owner, net, SubnetId);
}

/** A network ACL at the border of a Subnet, which lets little through. */
async function guard(owner: Tenant, net: string, subnet: string): Promise<void> {
  const acl = await owner.act('CreateNetworkAcl', { VpcId: net }, 'networkAclId');
  ids.acl = acl;
  await owner.call('CreateTags', { ResourceIds: [acl], Tags: [{ Key: 'Name', Value: 'border' }] });
  const entry = { NetworkAclId: acl, RuleNumber: '100', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' };
  const https = { Protocol: 'tcp', 'PortRange.From': '443', 'PortRange.To': '443' };
  await owner.act('CreateNetworkAclEntry', { ...entry, ...https, Egress: 'false' }, 'return');
  await owner.act('CreateNetworkAclEntry', { ...entry, Protocol: '-1', Egress: 'true' }, 'return');
  const AssociationId = await owner.act(
    'DescribeNetworkAcls',
    { 'Filter.1.Name': 'association.subnet-id', 'Filter.1.Value.1': subnet },
    'networkAclAssociationId',
  );
  await owner.act('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId: acl }, 'newAssociationId');
}

async function machineIn(owner: Tenant, net: string): Promise<Vm> {
  const { Vms } = await owner.call('ReadVms', { Filters: { NetIds: [net] } });
  const vm = Vms[0];
  if (vm === undefined) {
    throw new Error(`${net} has no VM`);
  }
  return vm;
}
