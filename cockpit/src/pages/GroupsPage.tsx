import { useLocation } from 'wouter';
import { useGroups, useNets, usePeerings } from '../api/queries.ts';
import type { Answer, Net, NetPeering, Rule, SecurityGroup } from '../api/schema.ts';
import { cidrProblem } from '../domain/cidr.ts';
import { nameOf } from '../domain/names.ts';
import { otherSide, isOfNet } from '../domain/peering.ts';
import { parsePorts, trafficWords } from '../domain/traffic.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import type { Field, Values } from '../ui/fields.ts';
import classes from '../ui/ui.module.css';
import { TagAction } from './TagAction.tsx';
import { Link } from 'wouter';

export function GroupsPage() {
  const read = together(useGroups(), useNets());
  return (
    <Page
      title="Security groups"
      intro="What may reach a machine, and what it may reach. Replies to allowed traffic always pass."
    >
      <Loaded query={read}>
        {({ a: groups, b: nets }) => (
          <DataTable
            label="Security groups"
            rows={groups}
            columns={[
              {
                title: 'Group',
                cell: (group) => (
                  <Link href={`/security-groups/${group.SecurityGroupId}`} className={classes.link}>
                    {group.SecurityGroupName}
                  </Link>
                ),
                order: (one, other) => one.SecurityGroupName.localeCompare(other.SecurityGroupName),
              },
              { title: 'Id', cell: (group) => <Copyable text={group.SecurityGroupId} /> },
              {
                title: 'Net',
                cell: (group) => (
                  <ResourceLink id={group.NetId} resource={nets.find((net) => net.NetId === group.NetId)} />
                ),
                order: (one, other) => one.NetId.localeCompare(other.NetId),
              },
              { title: 'Lets in', cell: (group) => <InWords rules={group.InboundRules} /> },
              { title: 'Description', cell: (group) => group.Description },
            ]}
            keyOf={(group) => group.SecurityGroupId}
            textOf={(group) =>
              `${group.SecurityGroupId} ${group.SecurityGroupName} ${group.Description} ${group.NetId} ${nameOf(group) ?? ''}`
            }
            empty={
              <Empty title="No groups yet">
                Each Net comes with the group “default”. Create a Net first.
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

function InWords({ rules }: { rules: readonly Rule[] }) {
  return rules.length === 0 ? (
    <span className={classes.quiet}>nothing</span>
  ) : (
    rules.map((rule) => (
      <div key={rule.SecurityGroupRuleId} className={classes.small}>
        {trafficWords(rule)} from {whom(rule)}
      </div>
    ))
  );
}

function whom(rule: Rule): string {
  const groups = (rule.SecurityGroupsMembers ?? []).map((it) => it.SecurityGroupName ?? it.SecurityGroupId);
  return [...(rule.IpRanges ?? []), ...groups].join(', ');
}

export function CreateGroup({ net }: { net: Net }) {
  const [, go] = useLocation();
  return (
    <Action
      small
      label="Create a security group"
      title={`Create a security group in ${net.NetId}`}
      fields={[
        { name: 'SecurityGroupName', label: 'Name', kind: 'text' },
        { name: 'Description', label: 'Description', kind: 'text', hint: 'What its machines are for.' },
      ]}
      plan={({ SecurityGroupName = '', Description = '' }) => [
        {
          call: 'CreateSecurityGroup',
          args: {
            NetId: net.NetId,
            SecurityGroupName: SecurityGroupName.trim(),
            Description: Description.trim(),
          },
        },
      ]}
      onDone={([answer]) =>
        go(`/security-groups/${(answer as Answer<'CreateSecurityGroup'>).SecurityGroup.SecurityGroupId}`)
      }
    />
  );
}

export function GroupPage({ id }: { id: string }) {
  const read = together(useGroups(), useNets(), usePeerings());
  return (
    <Loaded query={read}>
      {({ a: groups, b: nets, c: peerings }) => {
        const group = groups.find((it) => it.SecurityGroupId === id);
        return group === undefined ? (
          <Page title="This group is not there">
            <Empty title={id}>It was deleted, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Shown group={group} net={nets.find((net) => net.NetId === group.NetId)} peerings={peerings} />
        );
      }}
    </Loaded>
  );
}

function Shown({
  group,
  net,
  peerings,
}: {
  group: SecurityGroup;
  net: Net | undefined;
  peerings: readonly NetPeering[];
}) {
  const [, go] = useLocation();
  const id = group.SecurityGroupId;
  return (
    <Page
      title={`Group ${group.SecurityGroupName}`}
      intro={
        <>
          <Copyable text={id} /> of <ResourceLink id={group.NetId} resource={net} />. {group.Description}
        </>
      }
      actions={
        <>
          <TagAction id={id} tags={group.Tags} />
          <Action
            danger
            label="Delete"
            title={`Delete ${group.SecurityGroupName}?`}
            plan={() => [{ call: 'DeleteSecurityGroup', args: { SecurityGroupId: id } }]}
            onDone={() => go('/security-groups')}
          >
            A group that machines or other groups’ rules use, and the group “default”, cannot be deleted.
          </Action>
        </>
      }
    >
      <Rules group={group} flow="Inbound" peers={peersOf(group.NetId, peerings)} />
      <Rules group={group} flow="Outbound" peers={peersOf(group.NetId, peerings)} />
    </Page>
  );
}

/** The ranges of a Net's peers, which a rule is most often about. */
function peersOf(netId: string, peerings: readonly NetPeering[]): string[] {
  return peerings
    .filter((it) => it.State.Name === 'active' && isOfNet(it, netId))
    .map((it) => otherSide(it, netId).IpRange);
}

type Flow = 'Inbound' | 'Outbound';

function Rules({ group, flow, peers }: { group: SecurityGroup; flow: Flow; peers: readonly string[] }) {
  const rules = flow === 'Inbound' ? group.InboundRules : group.OutboundRules;
  const direction = flow === 'Inbound' ? 'in' : 'out';
  return (
    <Panel
      title={flow === 'Inbound' ? 'May come in' : 'May go out'}
      actions={
        <Action
          small
          label={`Allow more ${direction}`}
          title={flow === 'Inbound' ? 'Allow traffic in' : 'Allow traffic out'}
          fields={ruleFields(flow, peers)}
          plan={(values) => [
            { call: 'CreateSecurityGroupRule', args: ruleArguments(group.SecurityGroupId, flow, values) },
          ]}
        />
      }
    >
      <DataTable
        label={flow === 'Inbound' ? 'Inbound rules' : 'Outbound rules'}
        rows={rules}
        columns={[
          { title: 'Traffic', cell: trafficWords },
          { title: flow === 'Inbound' ? 'From' : 'To', cell: whom },
          {
            title: 'Actions',
            cell: (rule) => (
              <Action
                small
                danger
                label="Remove"
                about={`${trafficWords(rule)} ${whom(rule)}`}
                title={`Remove ${trafficWords(rule)}?`}
                plan={() => [
                  {
                    call: 'DeleteSecurityGroupRule',
                    args: {
                      SecurityGroupId: group.SecurityGroupId,
                      Flow: flow,
                      Rules: [{ SecurityGroupRuleId: rule.SecurityGroupRuleId }],
                    },
                  },
                ]}
              >
                Connections that it let through stop at once.
              </Action>
            ),
          },
        ]}
        keyOf={(rule) => rule.SecurityGroupRuleId}
        textOf={(rule) => `${trafficWords(rule)} ${whom(rule)}`}
        empty={
          <Empty title={`Nothing may ${flow === 'Inbound' ? 'come in' : 'go out'}`}>
            What no rule allows is dropped.
          </Empty>
        }
      />
    </Panel>
  );
}

function ruleFields(flow: Flow, peers: readonly string[]): readonly Field[] {
  return [
    {
      name: 'IpProtocol',
      label: 'Protocol',
      kind: 'select',
      initial: 'tcp',
      options: [
        { value: 'tcp', label: 'tcp' },
        { value: 'udp', label: 'udp' },
        { value: 'icmp', label: 'icmp (ping and errors)' },
        { value: '-1', label: 'all protocols' },
      ],
    },
    {
      name: 'FromPortRange',
      label: 'Port or ports',
      kind: 'text',
      optional: true,
      placeholder: '443 or 8000-8099',
      hint: 'For tcp and udp. Nothing stands for all of them.',
      problem: (text) => (parsePorts(text) === undefined ? 'A port, or two with a dash.' : undefined),
    },
    {
      name: 'IpRange',
      label: flow === 'Inbound' ? 'From' : 'To',
      kind: 'text',
      initial: peers[0] ?? '',
      hint: `A range such as 10.1.0.0/16, or the id of a security group.${peers.length > 0 ? ` Peers: ${peers.join(', ')}.` : ''}`,
      problem: (text) => (/^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(text) ? undefined : cidrProblem(text)),
    },
  ];
}

function ruleArguments(SecurityGroupId: string, Flow: Flow, values: Values) {
  const { IpProtocol = '-1', FromPortRange = '', IpRange = '' } = values;
  const ported = IpProtocol === 'tcp' || IpProtocol === 'udp';
  const ports = ported ? parsePorts(FromPortRange) : { from: -1, to: -1 };
  const whomever = IpRange.trim();
  return {
    SecurityGroupId,
    Flow,
    IpProtocol,
    ...(IpProtocol === '-1' ? {} : { FromPortRange: ports?.from ?? -1, ToPortRange: ports?.to ?? -1 }),
    ...(whomever.startsWith('sg-') ? { SecurityGroupNameToLink: whomever } : { IpRange: whomever }),
  };
}
