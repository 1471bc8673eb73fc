import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { shortId } from '../domain/names.ts';
import type { NetNode } from './graph.ts';
import { SUBNETS_SHOWN } from './layout.ts';
import classes from './map.module.css';

export type NetFlowNode = Node<{ net: NetNode; found: boolean }, 'net'>;

/** A Net as a box: its range, whose it is, and of one's own what is inside. */
export const NetBox = memo(function NetBox(props: NodeProps<NetFlowNode>) {
  const { net, found } = props.data;
  const { targetPosition = Position.Left, sourcePosition = Position.Right } = props;
  const more = net.subnets.length - SUBNETS_SHOWN;
  return (
    <div className={classes.net} data-mine={net.mine} data-found={found}>
      <Handle type="target" position={targetPosition} isConnectable={false} className={classes.handle} />
      <Handle type="source" position={sourcePosition} isConnectable={false} className={classes.handle} />
      <div className={classes.head}>
        <strong className={classes.range}>{net.range}</strong>
        <span className={classes.who}>{net.name ?? shortId(net.id)}</span>
      </div>
      <div className={classes.who}>{net.mine ? inside(net) : `of account ${net.owner}`}</div>
      {net.subnets.length > 0 && (
        <div className={classes.subnets}>
          {net.subnets.slice(0, SUBNETS_SHOWN).map((subnet) => (
            <div key={subnet.id} className={classes.subnet}>
              <span>{subnet.range}</span>
              <span className={classes.who}>{subnet.subregion.slice(-2)}</span>
              <span className={classes.machines} title={`${subnet.machines} VMs`}>
                {subnet.machines > 5 ? `■ ${subnet.machines}` : '■'.repeat(subnet.machines)}
              </span>
            </div>
          ))}
          {more > 0 && <div className={classes.subnet}>and {more} more</div>}
        </div>
      )}
    </div>
  );
});

function inside(net: NetNode): string {
  const subnets = net.subnets.length === 1 ? '1 Subnet' : `${net.subnets.length} Subnets`;
  const machines = net.machines === 1 ? '1 VM' : `${net.machines} VMs`;
  return `${subnets}, ${machines}`;
}
