/** A call of the API, written so that it can be pasted elsewhere: curl, the AWS CLI, Terraform. */
import { isAction, VERSION } from '../api/actions.ts';
import { pathOf, type Planned, type Request } from '../api/requests.ts';
import { ec2Acls } from './aclSnippets.ts';
import { isReference } from './plan.ts';

export type Tool = 'curl' | 'aws' | 'terraform';

export type Place = { origin: string; region: string };

export const TOOLS: readonly { tool: Tool; label: string }[] = [
  { tool: 'curl', label: 'curl' },
  { tool: 'aws', label: 'AWS CLI' },
  { tool: 'terraform', label: 'Terraform' },
];

export function snippet(tool: Tool, planned: Planned, place: Place): string {
  switch (tool) {
    case 'curl':
      return curl(planned, place);
    case 'aws':
      return aws(planned, place);
    case 'terraform':
      return terraform(planned);
  }
}

/** In single quotes for a shell; a quote inside is closed, escaped and opened again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An id as it is, and what stands for one that is yet to be made so that no shell takes it for its own. */
function word(text: string): string {
  return isReference(text) ? quoted(text) : text;
}

function curl(planned: Planned, place: Place): string {
  const { origin, region } = place;
  if (isAction(planned.call)) {
    return curlAction(planned, place);
  }
  return [
    `curl --aws-sigv4 osc:osc:${region}:api --user "$ACCESS_KEY:$SECRET_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(planned.args))} \\`,
    `  ${origin}${pathOf(planned.call)}`,
  ].join('\n');
}

/** An action of the EC2 API is a form, and signed in its own way. */
function curlAction(planned: Planned, { origin, region }: Place): string {
  const form = { Action: planned.call, Version: VERSION, ...planned.args };
  return [
    `curl --aws-sigv4 aws:amz:${region}:ec2 --user "$ACCESS_KEY:$SECRET_KEY" \\`,
    ...Object.entries(form).map(([name, value]) => `  -d ${quoted(`${name}=${String(value)}`)} \\`),
    `  ${origin}/`,
  ].join('\n');
}

const NO_EC2 = '# The EC2 API has no such action.';
const NO_RESOURCE = '# Terraform has no resource for this: it is done once, by a call.';

function aws(planned: Planned, { origin, region }: Place): string {
  const words = ec2(planned);
  return words === undefined
    ? NO_EC2
    : [`aws ec2 ${words.command}`, ...words.options, `--endpoint-url ${origin}`, `--region ${region}`].join(
        ' \\\n  ',
      );
}

export type Words = { command: string; options: string[] };

function ec2(planned: Planned): Words | undefined {
  switch (planned.call) {
    case 'CreateNetPeering':
    case 'AcceptNetPeering':
    case 'RejectNetPeering':
    case 'DeleteNetPeering':
      return ec2Peering(planned);
    case 'CreateRoute':
    case 'UpdateRoute':
    case 'DeleteRoute':
    case 'CreateRouteTable':
    case 'DeleteRouteTable':
    case 'LinkRouteTable':
    case 'UnlinkRouteTable':
      return ec2Routing(planned);
    case 'CreateSecurityGroup':
    case 'DeleteSecurityGroup':
    case 'CreateSecurityGroupRule':
    case 'DeleteSecurityGroupRule':
      return ec2Groups(planned);
    case 'CreateInternetService':
    case 'LinkInternetService':
    case 'UnlinkInternetService':
    case 'DeleteInternetService':
    case 'CreatePublicIp':
    case 'LinkPublicIp':
    case 'UnlinkPublicIp':
    case 'DeletePublicIp':
      return ec2Exits(planned);
    case 'CreateNetworkAcl':
    case 'DeleteNetworkAcl':
    case 'CreateNetworkAclEntry':
    case 'ReplaceNetworkAclEntry':
    case 'DeleteNetworkAclEntry':
    case 'ReplaceNetworkAclAssociation':
      return ec2Acls(planned);
    default:
      return ec2Rest(planned);
  }
}

type Of<N extends Planned['call']> = Extract<Planned, { call: N }>;

function ec2Peering(
  planned: Of<'CreateNetPeering' | 'AcceptNetPeering' | 'RejectNetPeering' | 'DeleteNetPeering'>,
): Words {
  if (planned.call === 'CreateNetPeering') {
    const { SourceNetId, AccepterNetId, AccepterOwnerId } = planned.args;
    const owner = AccepterOwnerId === undefined ? [] : [`--peer-owner-id ${AccepterOwnerId}`];
    return {
      command: 'create-vpc-peering-connection',
      options: [`--vpc-id ${SourceNetId}`, `--peer-vpc-id ${AccepterNetId}`, ...owner],
    };
  }
  const verb = planned.call.replace('NetPeering', '').toLowerCase();
  return {
    command: `${verb}-vpc-peering-connection`,
    options: [`--vpc-peering-connection-id ${planned.args.NetPeeringId}`],
  };
}

type RoutingCall =
  | 'CreateRoute'
  | 'UpdateRoute'
  | 'DeleteRoute'
  | 'CreateRouteTable'
  | 'DeleteRouteTable'
  | 'LinkRouteTable'
  | 'UnlinkRouteTable';

function ec2Routing(planned: Of<RoutingCall>): Words {
  switch (planned.call) {
    case 'CreateRoute':
    case 'UpdateRoute':
      return {
        command: planned.call === 'CreateRoute' ? 'create-route' : 'replace-route',
        options: [
          ...ec2Route(planned.args),
          planned.args.GatewayId === undefined
            ? `--vpc-peering-connection-id ${word(planned.args.NetPeeringId ?? '')}`
            : `--gateway-id ${word(planned.args.GatewayId)}`,
        ],
      };
    case 'DeleteRoute':
      return { command: 'delete-route', options: ec2Route(planned.args) };
    case 'CreateRouteTable':
      return { command: 'create-route-table', options: [`--vpc-id ${planned.args.NetId}`] };
    case 'DeleteRouteTable':
      return { command: 'delete-route-table', options: [`--route-table-id ${planned.args.RouteTableId}`] };
    case 'LinkRouteTable':
      return {
        command: 'associate-route-table',
        options: [`--route-table-id ${planned.args.RouteTableId}`, `--subnet-id ${planned.args.SubnetId}`],
      };
    case 'UnlinkRouteTable':
      return {
        command: 'disassociate-route-table',
        options: [`--association-id ${planned.args.LinkRouteTableId}`],
      };
  }
}

function ec2Route(args: { RouteTableId: string; DestinationIpRange: string }): string[] {
  return [`--route-table-id ${args.RouteTableId}`, `--destination-cidr-block ${args.DestinationIpRange}`];
}

type ExitCall =
  | 'CreateInternetService'
  | 'LinkInternetService'
  | 'UnlinkInternetService'
  | 'DeleteInternetService'
  | 'CreatePublicIp'
  | 'LinkPublicIp'
  | 'UnlinkPublicIp'
  | 'DeletePublicIp';

function ec2Exits(planned: Of<ExitCall>): Words {
  switch (planned.call) {
    case 'CreateInternetService':
      return { command: 'create-internet-gateway', options: [] };
    case 'LinkInternetService':
    case 'UnlinkInternetService': {
      const { InternetServiceId, NetId } = planned.args;
      return {
        command: `${planned.call === 'LinkInternetService' ? 'attach' : 'detach'}-internet-gateway`,
        options: [`--internet-gateway-id ${word(InternetServiceId)}`, `--vpc-id ${NetId}`],
      };
    }
    case 'DeleteInternetService':
      return {
        command: 'delete-internet-gateway',
        options: [`--internet-gateway-id ${planned.args.InternetServiceId}`],
      };
    case 'CreatePublicIp':
      return { command: 'allocate-address', options: ['--domain vpc'] };
    case 'LinkPublicIp': {
      const { PublicIpId = '', NicId, PrivateIp } = planned.args;
      return {
        command: 'associate-address',
        options: [
          `--allocation-id ${word(PublicIpId)}`,
          `--network-interface-id ${NicId}`,
          `--private-ip-address ${PrivateIp}`,
        ],
      };
    }
    case 'UnlinkPublicIp':
      return {
        command: 'disassociate-address',
        options: [`--association-id ${planned.args.LinkPublicIpId}`],
      };
    case 'DeletePublicIp':
      return { command: 'release-address', options: [`--allocation-id ${planned.args.PublicIpId}`] };
  }
}

type GroupCall =
  'CreateSecurityGroup' | 'DeleteSecurityGroup' | 'CreateSecurityGroupRule' | 'DeleteSecurityGroupRule';

function ec2Groups(planned: Of<GroupCall>): Words {
  switch (planned.call) {
    case 'CreateSecurityGroup':
      return {
        command: 'create-security-group',
        options: [
          `--vpc-id ${planned.args.NetId}`,
          `--group-name ${quoted(planned.args.SecurityGroupName)}`,
          `--description ${quoted(planned.args.Description)}`,
        ],
      };
    case 'DeleteSecurityGroup':
      return { command: 'delete-security-group', options: [`--group-id ${planned.args.SecurityGroupId}`] };
    case 'CreateSecurityGroupRule':
      return {
        command: `authorize-security-group-${direction(planned.args.Flow)}`,
        options: [
          `--group-id ${planned.args.SecurityGroupId}`,
          `--ip-permissions ${permission(planned.args)}`,
        ],
      };
    case 'DeleteSecurityGroupRule':
      return {
        command: `revoke-security-group-${direction(planned.args.Flow)}`,
        options: [
          `--group-id ${planned.args.SecurityGroupId}`,
          `--security-group-rule-ids ${(planned.args.Rules ?? []).map((rule) => rule.SecurityGroupRuleId).join(' ')}`,
        ],
      };
  }
}

function direction(flow: 'Inbound' | 'Outbound'): string {
  return flow === 'Inbound' ? 'ingress' : 'egress';
}

function permission(args: Request<'CreateSecurityGroupRule'>): string {
  const ports =
    args.FromPortRange === undefined ? {} : { FromPort: args.FromPortRange, ToPort: args.ToPortRange };
  const whom =
    args.IpRange === undefined
      ? {
          UserIdGroupPairs: [
            { GroupId: args.SecurityGroupNameToLink, UserId: args.SecurityGroupAccountIdToLink },
          ],
        }
      : { IpRanges: [{ CidrIp: args.IpRange }] };
  return quoted(JSON.stringify([{ IpProtocol: args.IpProtocol, ...ports, ...whom }]));
}

function ec2Rest(planned: Planned): Words | undefined {
  switch (planned.call) {
    case 'CreateNet':
      return { command: 'create-vpc', options: [`--cidr-block ${planned.args.IpRange}`] };
    case 'DeleteNet':
      return { command: 'delete-vpc', options: [`--vpc-id ${planned.args.NetId}`] };
    case 'CreateSubnet': {
      const { NetId, IpRange, SubregionName } = planned.args;
      const zone = SubregionName === undefined ? [] : [`--availability-zone ${SubregionName}`];
      return {
        command: 'create-subnet',
        options: [`--vpc-id ${word(NetId)}`, `--cidr-block ${IpRange}`, ...zone],
      };
    }
    case 'UpdateSubnet': {
      const { SubnetId, MapPublicIpOnLaunch } = planned.args;
      return {
        command: 'modify-subnet-attribute',
        options: [`--subnet-id ${SubnetId}`, `--${MapPublicIpOnLaunch ? '' : 'no-'}map-public-ip-on-launch`],
      };
    }
    case 'DeleteSubnet':
      return { command: 'delete-subnet', options: [`--subnet-id ${planned.args.SubnetId}`] };
    case 'CreateVms': {
      const { ImageId, SubnetId, SecurityGroupIds } = planned.args;
      const groups =
        SecurityGroupIds === undefined ? [] : [`--security-group-ids ${SecurityGroupIds.join(' ')}`];
      return {
        command: 'run-instances',
        options: [`--image-id ${ImageId}`, `--subnet-id ${word(SubnetId ?? '')}`, ...groups],
      };
    }
    case 'StartVms':
    case 'StopVms':
    case 'DeleteVms': {
      const verb = { StartVms: 'start', StopVms: 'stop', DeleteVms: 'terminate' }[planned.call];
      return { command: `${verb}-instances`, options: [`--instance-ids ${planned.args.VmIds.join(' ')}`] };
    }
    case 'UpdateVm': {
      const { VmId, SecurityGroupIds, IsSourceDestChecked } = planned.args;
      const groups = SecurityGroupIds === undefined ? [] : [`--groups ${SecurityGroupIds.join(' ')}`];
      const check =
        IsSourceDestChecked === undefined ? [] : [`--${IsSourceDestChecked ? '' : 'no-'}source-dest-check`];
      return {
        command: 'modify-instance-attribute',
        options: [`--instance-id ${VmId}`, ...groups, ...check],
      };
    }
    case 'CreateTags':
    case 'DeleteTags':
      return {
        command: planned.call === 'CreateTags' ? 'create-tags' : 'delete-tags',
        options: [
          `--resources ${planned.args.ResourceIds.map(word).join(' ')}`,
          `--tags ${planned.args.Tags.map((tag) => quoted(`Key=${tag.Key},Value=${tag.Value}`)).join(' ')}`,
        ],
      };
    default:
      return undefined;
  }
}

/**
 * What a call makes lasting, as a resource of the OUTSCALE provider, or of the AWS provider where that API alone has it; what it
 * removes is left out of a configuration.
 */
function terraform(planned: Planned): string {
  if (/^(?:Delete|Unlink)/.test(planned.call)) {
    return '# Remove the resource from the configuration, then: terraform apply';
  }
  const resource = RESOURCES[planned.call];
  return resource === undefined ? NO_RESOURCE : block(resource, attributes(planned));
}

const RESOURCES: Partial<Record<Planned['call'], string>> = {
  CreateNetPeering: 'outscale_net_peering',
  AcceptNetPeering: 'outscale_net_peering_acceptation',
  CreateRoute: 'outscale_route',
  UpdateRoute: 'outscale_route',
  CreateRouteTable: 'outscale_route_table',
  LinkRouteTable: 'outscale_route_table_link',
  CreateSecurityGroup: 'outscale_security_group',
  CreateSecurityGroupRule: 'outscale_security_group_rule',
  CreateNet: 'outscale_net',
  CreateSubnet: 'outscale_subnet',
  UpdateSubnet: 'outscale_subnet',
  CreateVms: 'outscale_vm',
  UpdateVm: 'outscale_vm',
  CreateInternetService: 'outscale_internet_service',
  LinkInternetService: 'outscale_internet_service_link',
  CreatePublicIp: 'outscale_public_ip',
  LinkPublicIp: 'outscale_public_ip_link',
  CreateNetworkAcl: 'aws_network_acl',
  CreateNetworkAclEntry: 'aws_network_acl_rule',
  ReplaceNetworkAclEntry: 'aws_network_acl_rule',
};

/** The provider's names where they are not the API's in lower case. */
const ATTRIBUTES: Record<string, string> = {
  SecurityGroupNameToLink: 'security_group_name_to_link',
  SecurityGroupAccountIdToLink: 'security_group_account_id_to_link',
  'PortRange.From': 'from_port',
  'PortRange.To': 'to_port',
  'Icmp.Type': 'icmp_type',
  'Icmp.Code': 'icmp_code',
  Ipv6CidrBlock: 'ipv6_cidr_block',
};

function attributes(planned: Planned): [string, unknown][] {
  return Object.entries(planned.args).map(([name, value]) => [
    ATTRIBUTES[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
    value,
  ]);
}

function block(resource: string, all: [string, unknown][]): string {
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(([name, value]) => `  ${name.padEnd(width)} = ${JSON.stringify(value)}`);
  return [`resource "${resource}" "this" {`, ...lines, '}'].join('\n');
}
