/** What the calls are asked with. The server refuses a parameter that it does not know, so the browser tests hold these. */
import type { CallName, Tag } from './schema.ts';

type Filters = Record<string, string[]>;
type Listing = { Filters?: Filters; ResultsPerPage?: number; NextPageToken?: string };
type RouteTo = { RouteTableId: string; DestinationIpRange: string; NetPeeringId: string };
type NetPeeringId = { NetPeeringId: string };

/** Traffic that a rule allows, and from or to whom. */
export type RuleArguments = {
  SecurityGroupId: string;
  Flow: 'Inbound' | 'Outbound';
  IpProtocol: string;
  FromPortRange?: number;
  ToPortRange?: number;
  IpRange?: string;
  SecurityGroupNameToLink?: string;
  SecurityGroupAccountIdToLink?: string;
};

export type Requests = {
  ReadNets: Listing;
  CreateNet: { IpRange: string };
  DeleteNet: { NetId: string };
  ReadSubnets: Listing;
  CreateSubnet: { NetId: string; IpRange: string; SubregionName?: string };
  DeleteSubnet: { SubnetId: string };
  ReadSubregions: Listing;
  ReadNetPeerings: Listing;
  CreateNetPeering: { SourceNetId: string; AccepterNetId: string; AccepterOwnerId?: string };
  AcceptNetPeering: NetPeeringId;
  RejectNetPeering: NetPeeringId;
  DeleteNetPeering: NetPeeringId;
  ReadRouteTables: Listing;
  CreateRouteTable: { NetId: string };
  DeleteRouteTable: { RouteTableId: string };
  LinkRouteTable: { RouteTableId: string; SubnetId: string };
  UnlinkRouteTable: { LinkRouteTableId: string };
  CreateRoute: RouteTo;
  UpdateRoute: RouteTo;
  DeleteRoute: { RouteTableId: string; DestinationIpRange: string };
  ReadSecurityGroups: Listing;
  CreateSecurityGroup: { NetId: string; SecurityGroupName: string; Description: string };
  DeleteSecurityGroup: { SecurityGroupId: string };
  CreateSecurityGroupRule: RuleArguments;
  DeleteSecurityGroupRule: {
    SecurityGroupId: string;
    Flow: 'Inbound' | 'Outbound';
    Rules: { SecurityGroupRuleId: string }[];
  };
  ReadVms: Listing;
  CreateVms: { ImageId: string; SubnetId: string; SecurityGroupIds?: string[]; PrivateIps?: string[] };
  UpdateVm: { VmId: string; SecurityGroupIds?: string[]; IsSourceDestChecked?: boolean };
  StartVms: { VmIds: string[] };
  StopVms: { VmIds: string[] };
  DeleteVms: { VmIds: string[] };
  ReadImages: Listing;
  ReadQuotas: Listing;
  CreateTags: { ResourceIds: string[]; Tags: Tag[] };
  DeleteTags: { ResourceIds: string[]; Tags: Tag[] };
  TracePath: { From: string; To: string; IpProtocol: string; Port?: number };
  ReadPeeringHealth: NetPeeringId;
  SendProbe: { FromVmId: string; To: string; Protocol: string; Port?: number };
  ReadEvents: {
    Resource?: string;
    Order?: 'OldestFirst' | 'NewestFirst';
    ResultsPerPage?: number;
    BeforeSequence?: number;
  };
};

export type Request<N extends CallName> = Requests[N];

/** A call that is about to be made, or that is shown to be copied. */
export type Planned = { [N in CallName]: { call: N; args: Request<N> } }[CallName];

/** Linkspan's own calls, beside those of the OUTSCALE API. */
const OWN: ReadonlySet<string> = new Set(['ReadEvents', 'TracePath', 'ReadPeeringHealth', 'SendProbe']);

export function pathOf(call: string): string {
  return `/${OWN.has(call) ? 'linkspan' : 'api'}/v1/${call}`;
}
