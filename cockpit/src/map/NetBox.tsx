import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { counted, shortId } from '../domain/names.ts';
import { GlobeIcon } from '../ui/icons.tsx';
import { bySubregion, type NetNode, shortSubregion } from './graph.ts';
import { type Detail, SUBNETS_SHOWN } from './layout.ts';
import classes from './map.module.css';

export type NetFlowNode = Node<{ net: NetNode; found: boolean; detail: Detail }, 'net'>;

/**
 * A Net as a box: its range, whose it is, and of one's own what is inside. From afar it shows its range and its name alone,
 * as large as there is room.
 */
export const NetBox = memo(function NetBox(props: NodeProps<NetFlowNode>) {
  const { net, found, detail } = props.data;
  const { targetPosition = Position.Left, sourcePosition = Position.Right } = props;
  return (
    <div className={classes.net} data-mine={net.mine} data-found={found}>
      <Handle type="target" position={targetPosition} isConnectable={false} className={classes.handle} />
      <Handle type="source" position={sourcePosition} isConnectable={false} className={classes.handle} />
      <div className={classes.near}>
        <div className={classes.head}>
          <strong className={classes.range}>{net.range}</strong>
          {net.outside && <WayOutside />}
          <span className={classes.who}>{net.name ?? shortId(net.id)}</span>
        </div>
        {!net.mine && <div className={classes.who}>of account {net.owner}</div>}
        {net.mine && detail === 'full' && <Listed net={net} />}
        {net.mine && detail === 'condensed' && <SummedUp net={net} />}
      </div>
      <div className={classes.far} aria-hidden="true">
        <strong>{net.range}</strong>
        <span>{net.name ?? shortId(net.id)}</span>
      </div>
    </div>
  );
});

function WayOutside() {
  return (
    <span
      className={classes.exit}
      role="img"
      aria-label="has a way outside"
      title="An internet service is linked to it"
    >
      <GlobeIcon size={13} />
    </span>
  );
}

/** Each Subnet in a row. */
function Listed({ net }: { net: NetNode }) {
  const more = net.subnets.length - SUBNETS_SHOWN;
  return (
    <>
      <div className={classes.who}>{inside(net)}</div>
      {net.subnets.length > 0 && (
        <div className={classes.subnets}>
          {net.subnets.slice(0, SUBNETS_SHOWN).map((subnet) => (
            <div key={subnet.id} className={classes.subnet}>
              <span>{subnet.range}</span>
              <span className={classes.who} title={`Subregion ${subnet.subregion}`}>
                {shortSubregion(subnet.subregion)}
              </span>
              <Machines count={subnet.machines} />
            </div>
          ))}
          {more > 0 && <div className={classes.subnet}>and {more} more</div>}
        </div>
      )}
    </>
  );
}

/** Subnets and VMs of each Subregion. */
function SummedUp({ net }: { net: NetNode }) {
  return (
    <div className={classes.subregions}>
      {net.subnets.length === 0 && inside(net)}
      {bySubregion(net).map(({ subregion, subnets, machines }) => (
        <span
          key={subregion}
          title={`${subregion}: ${counted(subnets, 'Subnet')}, ${counted(machines, 'VM')}`}
        >
          {shortSubregion(subregion)} <Machines count={machines} />
        </span>
      ))}
    </div>
  );
}

function Machines({ count }: { count: number }) {
  return (
    <span className={classes.machines} title={counted(count, 'VM')}>
      {count > 5 ? `■ ${count}` : '■'.repeat(count)}
    </span>
  );
}

function inside(net: NetNode): string {
  return `${counted(net.subnets.length, 'Subnet')}, ${counted(net.machines, 'VM')}`;
}
