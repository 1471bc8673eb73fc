/** The EC2 API's actions on network ACLs as the AWS CLI makes them. */
import type { AclEntryArguments, ActionName } from '../api/actions.ts';
import type { Planned } from '../api/requests.ts';
import type { Words } from './snippets.ts';

type AclCall = Extract<Planned, { call: ActionName }>;

export function ec2Acls(planned: AclCall): Words {
  switch (planned.call) {
    case 'CreateNetworkAcl':
      return { command: 'create-network-acl', options: [`--vpc-id ${planned.args.VpcId}`] };
    case 'DeleteNetworkAcl':
      return { command: 'delete-network-acl', options: [`--network-acl-id ${planned.args.NetworkAclId}`] };
    case 'CreateNetworkAclEntry':
    case 'ReplaceNetworkAclEntry':
      return {
        command: `${planned.call === 'CreateNetworkAclEntry' ? 'create' : 'replace'}-network-acl-entry`,
        options: [...numbered(planned.args), ...entryWords(planned.args)],
      };
    case 'DeleteNetworkAclEntry':
      return { command: 'delete-network-acl-entry', options: numbered(planned.args) };
    case 'ReplaceNetworkAclAssociation':
      return {
        command: 'replace-network-acl-association',
        options: [
          `--association-id ${planned.args.AssociationId}`,
          `--network-acl-id ${planned.args.NetworkAclId}`,
        ],
      };
  }
}

function numbered(args: { NetworkAclId: string; RuleNumber: number; Egress: boolean }): string[] {
  return [
    `--network-acl-id ${args.NetworkAclId}`,
    args.Egress ? '--egress' : '--ingress',
    `--rule-number ${args.RuleNumber}`,
  ];
}

function entryWords(args: AclEntryArguments): string[] {
  return [
    `--protocol ${args.Protocol}`,
    ...(args['PortRange.From'] === undefined
      ? []
      : [`--port-range From=${args['PortRange.From']},To=${args['PortRange.To']}`]),
    ...(args['Icmp.Type'] === undefined
      ? []
      : [`--icmp-type-code Type=${args['Icmp.Type']},Code=${args['Icmp.Code']}`]),
    args.CidrBlock === undefined
      ? `--ipv6-cidr-block ${args.Ipv6CidrBlock}`
      : `--cidr-block ${args.CidrBlock}`,
    `--rule-action ${args.RuleAction}`,
  ];
}
