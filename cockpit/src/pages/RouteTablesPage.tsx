import { useLocation } from 'wouter';
import { useNets, useRouteTables } from '../api/queries.ts';
import type { Answer, Net, RouteTable } from '../api/schema.ts';
import { nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';

export function RouteTablesPage() {
  const read = together(useRouteTables(), useNets());
  return (
    <Page
      title="Route tables"
      intro="Where a Subnet’s packets go. Each Net has a main table; a Subnet may be linked to another one."
    >
      <Loaded query={read}>
        {({ a: tables, b: nets }) => (
          <DataTable
            label="Route tables"
            rows={tables}
            columns={[
              {
                title: 'Table',
                cell: (table) => <ResourceLink id={table.RouteTableId} resource={table} />,
                order: (one, other) => one.RouteTableId.localeCompare(other.RouteTableId),
              },
              {
                title: 'Net',
                cell: (table) => (
                  <ResourceLink id={table.NetId} resource={nets.find((net) => net.NetId === table.NetId)} />
                ),
                order: (one, other) => one.NetId.localeCompare(other.NetId),
              },
              { title: 'Used by', cell: usedBy },
              { title: 'Routes', cell: (table) => <RoutesInWords table={table} /> },
            ]}
            keyOf={(table) => table.RouteTableId}
            textOf={(table) =>
              `${table.RouteTableId} ${table.NetId} ${nameOf(table) ?? ''} ${table.Routes.map((it) => it.DestinationIpRange).join(' ')}`
            }
            empty={
              <Empty title="No route tables yet">A table comes with each Net. Create a Net first.</Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

/** What uses a table, in words. */
export function usedBy(table: RouteTable): string {
  const linked = table.LinkRouteTables.filter((link) => !link.Main).length;
  const main = table.LinkRouteTables.some((link) => link.Main);
  const subnets = linked === 0 ? '' : `${linked} ${linked === 1 ? 'Subnet' : 'Subnets'}`;
  return [main ? 'main table' : '', subnets].filter(Boolean).join(', ') || 'nothing';
}

function RoutesInWords({ table }: { table: RouteTable }) {
  const dead = table.Routes.filter((route) => route.State === 'blackhole').length;
  return (
    <>
      {table.Routes.length}
      {dead > 0 && <span className={classes.quiet}>, {dead} of them lead nowhere</span>}
    </>
  );
}

export function CreateRouteTable({ net }: { net: Net }) {
  const [, go] = useLocation();
  return (
    <Action
      small
      label="Create a route table"
      title={`Create a route table in ${net.NetId}?`}
      plan={() => [{ call: 'CreateRouteTable', args: { NetId: net.NetId } }]}
      onDone={([answer]) =>
        go(`/route-tables/${(answer as Answer<'CreateRouteTable'>).RouteTable.RouteTableId}`)
      }
    >
      It begins with the route inside the Net. Link it to the Subnets that are to use it.
    </Action>
  );
}
