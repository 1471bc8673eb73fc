/**
 * What the API answers, once: the TypeScript types are derived from these shapes, and the browser tests hold every answer
 * that Cockpit gets against them, strictly. Only what Cockpit's tests import makes it into the bundle as code: the
 * application itself uses the types alone.
 */
import * as v from 'valibot';

const text = v.string();
const number = v.number();
const flag = v.boolean();
const optional = v.optional;
const list = v.array;

const tag = v.strictObject({ Key: text, Value: text });
const context = v.strictObject({ RequestId: text });

export const region = v.strictObject({ RegionName: text, Subregions: list(text) });

export const session = v.strictObject({
  AccountId: text,
  Email: optional(text),
  Regions: list(region),
  ExpiresAt: text,
  Network: v.picklist(['netns', 'none']),
  Clock: v.picklist(['system', 'manual']),
  Now: text,
  Dev: flag,
  ResponseContext: context,
});

export const net = v.strictObject({
  NetId: text,
  IpRange: text,
  State: text,
  Tenancy: text,
  DhcpOptionsSetId: text,
  Tags: list(tag),
});

export const subnet = v.strictObject({
  SubnetId: text,
  NetId: text,
  IpRange: text,
  SubregionName: text,
  State: text,
  AvailableIpsCount: number,
  MapPublicIpOnLaunch: flag,
  Tags: list(tag),
});

export const subregion = v.strictObject({
  SubregionName: text,
  RegionName: text,
  State: text,
  LocationCode: text,
});

const side = v.strictObject({ NetId: text, IpRange: text, AccountId: text });

export const stateName = v.picklist([
  'pending-acceptance',
  'active',
  'rejected',
  'failed',
  'expired',
  'deleted',
]);

export const netPeering = v.strictObject({
  NetPeeringId: text,
  SourceNet: side,
  AccepterNet: side,
  State: v.strictObject({ Name: stateName, Message: text }),
  ExpirationDate: optional(text),
  Tags: list(tag),
});

export const route = v.strictObject({
  CreationMethod: text,
  DestinationIpRange: text,
  GatewayId: optional(text),
  NetPeeringId: optional(text),
  State: v.picklist(['active', 'blackhole']),
});

export const routeTable = v.strictObject({
  RouteTableId: text,
  NetId: text,
  LinkRouteTables: list(
    v.strictObject({
      LinkRouteTableId: text,
      Main: flag,
      NetId: optional(text),
      RouteTableId: text,
      SubnetId: optional(text),
    }),
  ),
  RoutePropagatingVirtualGateways: list(text),
  Routes: list(route),
  Tags: list(tag),
});

export const groupMember = v.strictObject({
  AccountId: text,
  SecurityGroupId: text,
  SecurityGroupName: optional(text),
});

export const rule = v.strictObject({
  FromPortRange: number,
  IpProtocol: text,
  IpRanges: optional(list(text)),
  SecurityGroupRuleId: text,
  SecurityGroupsMembers: optional(list(groupMember)),
  ToPortRange: number,
});

export const securityGroup = v.strictObject({
  AccountId: text,
  Description: text,
  InboundRules: list(rule),
  NetId: text,
  OutboundRules: list(rule),
  SecurityGroupId: text,
  SecurityGroupName: text,
  Tags: list(tag),
});

const groupOfNic = v.strictObject({ SecurityGroupId: text, SecurityGroupName: text });

const nic = v.strictObject({
  AccountId: text,
  Description: text,
  IsSourceDestChecked: flag,
  LinkNic: v.looseObject({ LinkNicId: text, State: text }),
  MacAddress: text,
  NetId: text,
  NicId: text,
  PrivateDnsName: text,
  PrivateIps: list(v.looseObject({ PrivateIp: text, IsPrimary: flag })),
  SecurityGroups: list(groupOfNic),
  State: text,
  SubnetId: text,
});

/** Only what Cockpit shows of a VM is named; the API has far more. */
export const vm = v.looseObject({
  VmId: text,
  State: text,
  ImageId: text,
  VmType: text,
  CreationDate: text,
  NetId: optional(text),
  SubnetId: optional(text),
  PrivateIp: optional(text),
  Nics: list(nic),
  Placement: v.strictObject({ SubregionName: text, Tenancy: text }),
  SecurityGroups: list(groupOfNic),
  Tags: list(tag),
});

export const image = v.looseObject({ ImageId: text, ImageName: text, Description: text });

export const quota = v.looseObject({
  Name: text,
  ShortDescription: text,
  MaxValue: number,
  UsedValue: number,
});

export const event = v.strictObject({
  Region: text,
  Sequence: number,
  Time: text,
  Type: text,
  Subject: text,
  Actor: text,
  /** Absent where another account made the request. */
  RequestId: optional(text),
  Accounts: list(text),
  Nets: list(text),
  Detail: text,
});

/** A call that removes what stops a packet. What only the other owner can fill in stands in pointed brackets. */
const remedy = v.strictObject({
  AccountId: optional(text),
  Call: text,
  Arguments: v.record(text, v.unknown()),
  Ask: optional(text),
});

const end = v.strictObject({
  NetId: text,
  AccountId: text,
  IpRange: text,
  PrivateIp: text,
  SubnetId: optional(text),
  NicId: optional(text),
  VmId: optional(text),
});

const step = v.strictObject({
  Kind: text,
  Leg: v.picklist(['there', 'back']),
  NetId: text,
  Passes: flag,
  Trouble: optional(text),
  /** False for the other owner's side while nothing is told of it. */
  Told: optional(flag),
  Text: text,
  AccountId: optional(text),
  NetPeeringId: optional(text),
});

const cause = v.strictObject({ Trouble: text, Step: number, Why: text, Remedies: list(remedy) });

const share = v.picklist(['ALL', 'SOME', 'NONE', 'UNTOLD']);

const healthOfSide = v.strictObject({
  NetId: text,
  AccountId: text,
  IpRange: text,
  Leads: share,
  Admits: flag,
  Subnets: list(
    v.strictObject({
      SubnetId: text,
      IpRange: text,
      RouteTableId: text,
      Led: list(text),
      Admitted: list(v.record(text, v.unknown())),
    }),
  ),
});

const pair = v.strictObject({ SourceSubnetId: text, AccepterSubnetId: text, There: flag, Back: flag });

const finding = v.strictObject({
  Kind: text,
  NetId: text,
  AccountId: text,
  Why: text,
  Remedy: optional(remedy),
});

const done = v.strictObject({ ResponseContext: context });
const nextPage = optional(text);
const answer = <T extends v.ObjectEntries>(entries: T) =>
  v.strictObject({ ...entries, ResponseContext: context });
const page = <T extends v.ObjectEntries>(entries: T) => answer({ ...entries, NextPageToken: nextPage });
const vmStates = answer({
  Vms: list(v.strictObject({ VmId: text, PreviousState: text, CurrentState: text })),
});

/** Every call that Cockpit makes, with the shape of its answer. */
export const answers = {
  ReadNets: page({ Nets: list(net) }),
  CreateNet: answer({ Net: net }),
  DeleteNet: done,
  ReadSubnets: page({ Subnets: list(subnet) }),
  CreateSubnet: answer({ Subnet: subnet }),
  DeleteSubnet: done,
  ReadSubregions: page({ Subregions: list(subregion) }),
  ReadNetPeerings: page({ NetPeerings: list(netPeering) }),
  CreateNetPeering: answer({ NetPeering: netPeering }),
  AcceptNetPeering: answer({ NetPeering: netPeering }),
  RejectNetPeering: done,
  DeleteNetPeering: done,
  ReadRouteTables: page({ RouteTables: list(routeTable) }),
  CreateRouteTable: answer({ RouteTable: routeTable }),
  DeleteRouteTable: done,
  LinkRouteTable: answer({ LinkRouteTableId: text }),
  UnlinkRouteTable: done,
  CreateRoute: answer({ RouteTable: routeTable }),
  UpdateRoute: answer({ RouteTable: routeTable }),
  DeleteRoute: answer({ RouteTable: routeTable }),
  ReadSecurityGroups: page({ SecurityGroups: list(securityGroup) }),
  CreateSecurityGroup: answer({ SecurityGroup: securityGroup }),
  DeleteSecurityGroup: done,
  CreateSecurityGroupRule: answer({ SecurityGroup: securityGroup }),
  DeleteSecurityGroupRule: answer({ SecurityGroup: securityGroup }),
  ReadVms: page({ Vms: list(vm) }),
  CreateVms: answer({ Vms: list(vm) }),
  UpdateVm: answer({ Vm: vm }),
  StartVms: vmStates,
  StopVms: vmStates,
  DeleteVms: vmStates,
  ReadImages: page({ Images: list(image) }),
  ReadQuotas: page({ QuotaTypes: list(v.strictObject({ QuotaType: text, Quotas: list(quota) })) }),
  CreateTags: done,
  DeleteTags: done,
  TracePath: answer({
    Verdict: v.picklist(['reachable', 'blocked', 'impossible']),
    Packet: text,
    From: end,
    To: optional(end),
    Destination: text,
    Steps: list(step),
    Causes: list(cause),
    Remedies: list(remedy),
  }),
  ReadPeeringHealth: answer({
    NetPeeringId: text,
    State: stateName,
    Source: healthOfSide,
    Accepter: healthOfSide,
    Pairs: list(pair),
    Findings: list(finding),
  }),
  SendProbe: answer({
    Sent: flag,
    Answered: flag,
    RoundTripMicros: optional(number),
    Detail: text,
  }),
  ReadEvents: answer({ RegionName: text, Events: list(event), HasMore: flag, LastSequence: number }),
} as const;

export type CallName = keyof typeof answers;
export type Answer<N extends CallName> = v.InferOutput<(typeof answers)[N]>;
export type Session = v.InferOutput<typeof session>;
export type Region = v.InferOutput<typeof region>;
export type Tag = v.InferOutput<typeof tag>;
export type Net = v.InferOutput<typeof net>;
export type Subnet = v.InferOutput<typeof subnet>;
export type Side = v.InferOutput<typeof side>;
export type StateName = v.InferOutput<typeof stateName>;
export type NetPeering = v.InferOutput<typeof netPeering>;
export type RouteTable = v.InferOutput<typeof routeTable>;
export type Route = v.InferOutput<typeof route>;
export type SecurityGroup = v.InferOutput<typeof securityGroup>;
export type Rule = v.InferOutput<typeof rule>;
export type Vm = v.InferOutput<typeof vm>;
export type Quota = v.InferOutput<typeof quota>;
export type Remedy = v.InferOutput<typeof remedy>;
export type HealthOfSide = v.InferOutput<typeof healthOfSide>;
export type TraceStep = v.InferOutput<typeof step>;
export type TraceCause = v.InferOutput<typeof cause>;
export type Event = v.InferOutput<typeof event>;
