import { useLocation } from 'wouter';
import type { NetworkAcl } from '../api/actions.ts';
import { useNets, useNetworkAcls, useSubnets } from '../api/queries.ts';
import type { Net, Subnet } from '../api/schema.ts';
import { aclOf, associationOf, entriesOf, otherSubnets } from '../domain/acls.ts';
import { counted, labelOf, nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import { Entries } from './AclEntries.tsx';
import { TagAction } from './TagAction.tsx';

/** One's name, or that it is the default one's, which leads to its page. */
export function AclLink({ acl }: { acl: NetworkAcl }) {
  return <ResourceLink id={acl.NetworkAclId} resource={acl} />;
}

export function NetworkAclsPage() {
  const read = together(useNetworkAcls(), useNets());
  return (
    <Page
      title="Network ACLs"
      actions={<CreateAcl nets={read.data?.b ?? []} />}
      intro="They stand at the borders of Subnets, beside the security groups, and judge each packet by itself: an answer needs an entry as well as the question."
    >
      <Loaded query={read}>
        {({ a: acls, b: nets }) => (
          <DataTable
            label="Network ACLs"
            rows={acls}
            columns={[
              {
                title: 'Network ACL',
                cell: (acl) => <AclLink acl={acl} />,
                order: (one, other) =>
                  (nameOf(one) ?? one.NetworkAclId).localeCompare(nameOf(other) ?? other.NetworkAclId),
              },
              {
                title: 'Net',
                cell: (acl) => (
                  <ResourceLink id={acl.NetId} resource={nets.find((net) => net.NetId === acl.NetId)} />
                ),
                order: (one, other) => one.NetId.localeCompare(other.NetId),
              },
              { title: 'Subnets', cell: (acl) => acl.Associations.length },
              { title: 'Entries in, out', cell: countsOf },
              { title: 'Default', cell: (acl) => (acl.Default ? 'of its Net' : '–') },
              { title: 'Tags', cell: (acl) => <Tags tags={acl.Tags} /> },
            ]}
            keyOf={(acl) => acl.NetworkAclId}
            textOf={(acl) => `${acl.NetworkAclId} ${acl.NetId} ${nameOf(acl) ?? ''}`}
            empty={
              <Empty title="No network ACLs yet">
                Each Net comes with one that lets everything through. Create a Net first.
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

function countsOf(acl: NetworkAcl): string {
  return [false, true].map((egress) => entriesOf(acl, egress).length - 1).join(', ');
}

export function CreateAcl({ nets, small = false }: { nets: readonly Net[]; small?: boolean }) {
  const [, go] = useLocation();
  const only = nets.length === 1 ? nets[0]?.NetId : undefined;
  return (
    <Action
      small={small}
      primary={!small}
      label="Create a network ACL"
      title="Create a network ACL"
      fields={[
        {
          name: 'VpcId',
          label: 'Net',
          kind: 'select',
          initial: only ?? '',
          options: nets.map((net) => ({ value: net.NetId, label: labelOf(net.NetId, net) })),
          hint: 'It lets nothing through until it has entries, and stands at no border until a Subnet gets it.',
        },
      ]}
      plan={({ VpcId = '' }) => [{ call: 'CreateNetworkAcl', args: { VpcId } }]}
      onDone={([answer]) => go(`/network-acls/${(answer as { NetworkAclId: string }).NetworkAclId}`)}
    />
  );
}

export function NetworkAclPage({ id }: { id: string }) {
  const read = together(useNetworkAcls(), useNets(), useSubnets());
  return (
    <Loaded query={read}>
      {({ a: acls, b: nets, c: subnets }) => {
        const acl = acls.find((it) => it.NetworkAclId === id);
        return acl === undefined ? (
          <Page title="This network ACL is not there">
            <Empty title={id}>It was deleted, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Shown acl={acl} all={acls} net={nets.find((net) => net.NetId === acl.NetId)} subnets={subnets} />
        );
      }}
    </Loaded>
  );
}

function Shown({
  acl,
  all,
  net,
  subnets,
}: {
  acl: NetworkAcl;
  all: readonly NetworkAcl[];
  net: Net | undefined;
  subnets: readonly Subnet[];
}) {
  const [, go] = useLocation();
  const id = acl.NetworkAclId;
  return (
    <Page
      title={nameOf(acl) ?? (acl.Default ? 'Default network ACL' : 'Network ACL')}
      intro={<Copyable text={id} />}
      actions={
        <>
          <TagAction id={id} tags={acl.Tags} />
          {!acl.Default && (
            <Action
              danger
              label="Delete"
              title={`Delete ${labelOf(id, acl)}?`}
              plan={() => [{ call: 'DeleteNetworkAcl', args: { NetworkAclId: id } }]}
              onDone={() => go('/network-acls')}
            >
              {acl.Associations.length === 0
                ? 'It stands at no border.'
                : `It is refused while ${counted(acl.Associations.length, 'Subnet')} ${acl.Associations.length === 1 ? 'has' : 'have'} it: give them another one first.`}
            </Action>
          )}
        </>
      }
    >
      <Panel title="Where it stands">
        <Facts
          facts={[
            ['Net', <ResourceLink key="net" id={acl.NetId} resource={net} />],
            ['Default', acl.Default ? 'yes: Subnets that are given no other one have it' : 'no'],
            ['Tags', acl.Tags.length === 0 ? 'none' : <Tags key="tags" tags={acl.Tags} />],
          ]}
        />
      </Panel>
      <Entries acl={acl} egress={false} />
      <Entries acl={acl} egress />
      <Borders acl={acl} all={all} subnets={subnets} />
    </Page>
  );
}

/** The Subnets at whose borders it stands. */
function Borders({
  acl,
  all,
  subnets,
}: {
  acl: NetworkAcl;
  all: readonly NetworkAcl[];
  subnets: readonly Subnet[];
}) {
  const others = otherSubnets(acl, subnets);
  const own = subnets.filter((subnet) => aclOf(subnet.SubnetId, all) === acl);
  return (
    <Panel
      title="Subnets"
      actions={
        others.length > 0 && (
          <Action
            small
            label="Give it to a Subnet"
            title="Give it to a Subnet"
            fields={[
              {
                name: 'AssociationId',
                label: 'Subnet',
                kind: 'select',
                initial: associationOf(others[0]?.SubnetId ?? '', all) ?? '',
                options: others.map((subnet) => ({
                  value: associationOf(subnet.SubnetId, all) ?? '',
                  label: `${subnet.IpRange} (${subnet.SubnetId})`,
                })),
                hint: 'It takes the place of the one that the Subnet has, for every packet from then on.',
              },
            ]}
            plan={({ AssociationId = '' }) => [
              {
                call: 'ReplaceNetworkAclAssociation',
                args: { AssociationId, NetworkAclId: acl.NetworkAclId },
              },
            ]}
          />
        )
      }
    >
      <DataTable
        label="Subnets"
        rows={own}
        columns={[
          { title: 'Subnet', cell: (subnet) => <Copyable text={subnet.SubnetId} /> },
          { title: 'Range', cell: (subnet) => subnet.IpRange },
        ]}
        keyOf={(subnet) => subnet.SubnetId}
        textOf={(subnet) => `${subnet.SubnetId} ${subnet.IpRange}`}
        empty={<Empty title="At no border">No Subnet has it.</Empty>}
      />
    </Panel>
  );
}
