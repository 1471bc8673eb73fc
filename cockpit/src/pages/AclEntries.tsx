import type { AclEntry, NetworkAcl } from '../api/actions.ts';
import {
  entriesOf,
  entryArguments,
  LAST,
  nextNumber,
  numberWords,
  packetWords,
  typedOf,
  type TypedEntry,
} from '../domain/acls.ts';
import { cidrProblem } from '../domain/cidr.ts';
import { parsePorts } from '../domain/traffic.ts';
import { Action } from '../ui/Action.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Empty, Panel } from '../ui/Page.tsx';
import type { Field, Values } from '../ui/fields.ts';

/** A network ACL's entries of one direction, in the order in which they are asked. */
export function Entries({ acl, egress }: { acl: NetworkAcl; egress: boolean }) {
  const entries = entriesOf(acl, egress);
  const direction = egress ? 'out' : 'in';
  return (
    <Panel
      title={egress ? 'What goes out' : 'What comes in'}
      actions={
        <Action
          small
          label={`Add an entry ${direction}`}
          title={egress ? 'Add an entry for what goes out' : 'Add an entry for what comes in'}
          fields={entryFields(egress, {
            RuleNumber: String(nextNumber(entries)),
            RuleAction: 'allow',
            Protocol: 'tcp',
            PortRange: '',
            CidrBlock: '',
          })}
          plan={(values) => [
            { call: 'CreateNetworkAclEntry', args: entryArguments(acl.NetworkAclId, egress, typed(values)) },
          ]}
        />
      }
    >
      <DataTable
        label={egress ? 'Outbound entries' : 'Inbound entries'}
        rows={entries}
        columns={[
          { title: 'Number', cell: numberWords },
          { title: 'Verdict', cell: (entry) => (entry.allows ? 'lets through' : 'drops') },
          { title: 'Packets', cell: packetWords },
          { title: egress ? 'To' : 'From', cell: (entry) => entry.range },
          {
            title: 'Actions',
            cell: (entry) =>
              entry.number !== LAST && <EntryActions acl={acl} entry={entry} direction={direction} />,
          },
        ]}
        keyOf={(entry) => String(entry.number)}
        textOf={(entry) => `${numberWords(entry)} ${packetWords(entry)} ${entry.range}`}
        empty={<Empty title="No entries">What no entry is about is dropped.</Empty>}
      />
    </Panel>
  );
}

function EntryActions({ acl, entry, direction }: { acl: NetworkAcl; entry: AclEntry; direction: string }) {
  const about = `entry ${entry.number} ${direction}`;
  const { NetworkAclId } = acl;
  return (
    <>
      <Action
        small
        label="Change"
        about={about}
        title={`Change ${about}`}
        fields={entryFields(entry.egress, typedOf(entry)).filter(({ name }) => name !== 'RuleNumber')}
        plan={(values) => [
          {
            call: 'ReplaceNetworkAclEntry',
            args: entryArguments(NetworkAclId, entry.egress, {
              ...typed(values),
              RuleNumber: String(entry.number),
            }),
          },
        ]}
      />{' '}
      <Action
        small
        danger
        label="Delete"
        about={about}
        title={`Delete ${about}?`}
        plan={() => [
          {
            call: 'DeleteNetworkAclEntry',
            args: { NetworkAclId, RuleNumber: entry.number, Egress: entry.egress },
          },
        ]}
      >
        What it decided, the entries behind it decide from then on.
      </Action>
    </>
  );
}

function typed(values: Values): TypedEntry {
  const { RuleNumber = '', RuleAction = '', Protocol = '', PortRange = '', CidrBlock = '' } = values;
  return { RuleNumber, RuleAction, Protocol, PortRange, CidrBlock };
}

const PROTOCOLS = [
  { value: 'tcp', label: 'tcp' },
  { value: 'udp', label: 'udp' },
  { value: 'icmp', label: 'icmp (ping and errors)' },
  { value: '-1', label: 'all protocols' },
];

function entryFields(egress: boolean, initial: TypedEntry): readonly Field[] {
  const own = PROTOCOLS.some((it) => it.value === initial.Protocol)
    ? []
    : [{ value: initial.Protocol, label: `protocol ${initial.Protocol}` }];
  return [
    {
      name: 'RuleNumber',
      label: 'Number',
      kind: 'text',
      initial: initial.RuleNumber,
      hint: 'The lowest number that is about a packet decides.',
      problem: (text) =>
        /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) < LAST
          ? undefined
          : `A number from 1 to ${LAST - 1}.`,
    },
    {
      name: 'RuleAction',
      label: 'Verdict',
      kind: 'select',
      initial: initial.RuleAction,
      options: [
        { value: 'allow', label: 'lets through' },
        { value: 'deny', label: 'drops' },
      ],
    },
    {
      name: 'Protocol',
      label: 'Protocol',
      kind: 'select',
      initial: initial.Protocol,
      options: [...PROTOCOLS, ...own],
    },
    {
      name: 'PortRange',
      label: 'Ports, or ICMP type',
      kind: 'text',
      optional: true,
      initial: initial.PortRange,
      placeholder: '443 or 1024-65535',
      hint: 'Answers go to the port that was asked from, mostly one from 1024 on. Nothing stands for all of them.',
      problem: (text, { Protocol }) => packetsProblem(text, Protocol),
    },
    {
      name: 'CidrBlock',
      label: egress ? 'To' : 'From',
      kind: 'text',
      initial: initial.CidrBlock,
      hint: 'A range such as 10.1.0.0/16; 0.0.0.0/0 is everywhere.',
      problem: (text) => (text.includes(':') ? undefined : cidrProblem(text)),
    },
  ];
}

function packetsProblem(text: string, protocol: string | undefined): string | undefined {
  if (protocol === 'icmp') {
    return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? undefined : 'A number from 0 to 255.';
  }
  return parsePorts(text) === undefined ? 'A port, or two with a dash.' : undefined;
}
