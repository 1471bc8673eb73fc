/** A small world for the tests of this folder. */
import type {
  Net,
  NetPeering,
  PeeringSummary,
  RouteTable,
  SecurityGroup,
  StateName,
  Subnet,
  Vm,
} from '../api/schema.ts';

export const ALICE = '111111111111';
export const BOB = '222222222222';

export function net(id: string, range: string, name?: string): Net {
  return {
    NetId: id,
    IpRange: range,
    State: 'available',
    Tenancy: 'default',
    DhcpOptionsSetId: 'dopt-00000001',
    Tags: name === undefined ? [] : [{ Key: 'Name', Value: name }],
  };
}

export function peering(state: StateName, accepter = BOB, expiry?: string): NetPeering {
  return {
    NetPeeringId: 'pcx-00000001',
    SourceNet: { NetId: 'vpc-a', IpRange: '10.0.0.0/16', AccountId: ALICE },
    AccepterNet: { NetId: 'vpc-b', IpRange: '10.1.0.0/16', AccountId: accepter },
    State: { Name: state, Message: state },
    ...(expiry === undefined ? {} : { ExpirationDate: expiry }),
    Tags: [],
  };
}

type Leads = PeeringSummary['Source']['Leads'];

/** One side of a peering, in short. */
const summaryOfSide = (AccountId: string, IpRange: string, Leads: Leads, Admits: boolean) => ({
  NetId: `vpc-${AccountId}`,
  AccountId,
  IpRange,
  Leads,
  Admits,
});

/** What an active peering of Alice's with Bob comes to: whether each of them leads, and lets in. */
export function summary(mine: [Leads, boolean], theirs: [Leads, boolean], Passable = false): PeeringSummary {
  return {
    NetPeeringId: 'pcx-00000001',
    State: 'active',
    Passable,
    Source: summaryOfSide(ALICE, '10.0.0.0/16', ...mine),
    Accepter: summaryOfSide(BOB, '10.1.0.0/16', ...theirs),
  };
}

export function subnet(id: string, netId: string, range: string): Subnet {
  return {
    SubnetId: id,
    NetId: netId,
    IpRange: range,
    SubregionName: 'eu-west-2a',
    State: 'available',
    AvailableIpsCount: 250,
    MapPublicIpOnLaunch: false,
    Tags: [],
  };
}

/** A table with the local route of 10.0.0.0/16; `links` are Subnets, or `main`. */
export function table(id: string, links: readonly string[], routes: RouteTable['Routes'] = []): RouteTable {
  return {
    RouteTableId: id,
    NetId: 'vpc-a',
    LinkRouteTables: links.map((link, index) => ({
      LinkRouteTableId: `rtbassoc-${index}`,
      RouteTableId: id,
      Main: link === 'main',
      ...(link === 'main' ? { NetId: 'vpc-a' } : { SubnetId: link }),
    })),
    RoutePropagatingVirtualGateways: [],
    Routes: [
      {
        CreationMethod: 'CreateRouteTable',
        DestinationIpRange: '10.0.0.0/16',
        GatewayId: 'local',
        State: 'active',
      },
      ...routes,
    ],
    Tags: [],
  };
}

export function group(id: string, rules: SecurityGroup['InboundRules'] = []): SecurityGroup {
  return {
    SecurityGroupId: id,
    SecurityGroupName: id,
    Description: '',
    AccountId: ALICE,
    NetId: 'vpc-a',
    InboundRules: rules,
    OutboundRules: [],
    Tags: [],
  };
}

export function rule(
  protocol: string,
  from: number,
  to: number,
  ...ranges: string[]
): SecurityGroup['InboundRules'][0] {
  return {
    IpProtocol: protocol,
    FromPortRange: from,
    ToPortRange: to,
    IpRanges: ranges,
    SecurityGroupRuleId: `sgr-${protocol}-${from}`,
  };
}

export function vm(id: string, netId: string, state = 'running'): Vm {
  return {
    VmId: id,
    State: state,
    StateReason: '',
    ImageId: 'ami-00000001',
    VmType: 'tinav5.c1r1p2',
    CreationDate: '2026-11-26T00:00:00.000Z',
    NetId: netId,
    Nics: [],
    Placement: { SubregionName: 'eu-west-2a', Tenancy: 'default' },
    SecurityGroups: [],
    Tags: [],
    ActionsOnNextBoot: { SecureBoot: 'none' },
    Architecture: 'x86_64',
    BlockDeviceMappings: [],
    BootMode: 'legacy',
    BsuOptimized: false,
    DeletionProtection: false,
    Hypervisor: 'xen',
    LaunchNumber: 0,
    NestedVirtualization: false,
    OsFamily: 'linux',
    Performance: 'high',
    ProductCodes: [],
    ReservationId: 'r-00000001',
    RootDeviceName: '/dev/sda1',
    RootDeviceType: 'bsu',
    TpmEnabled: false,
    UserData: '',
    VmInitiatedShutdownBehavior: 'stop',
  };
}
