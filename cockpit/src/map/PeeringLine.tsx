import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { IncompleteSign, StateSign } from '../ui/State.tsx';
import { edgeWords, type PeeringEdge } from './graph.ts';
import classes from './map.module.css';

export type PeeringFlowEdge = Edge<{ peering: PeeringEdge }, 'peering'>;

/** A peering as a line; its state is told by its colour, its dashes and the sign on it. */
export const PeeringLine = memo(function PeeringLine(props: EdgeProps<PeeringFlowEdge>) {
  const [path, x, y] = getBezierPath(props);
  const peering = props.data?.peering;
  if (peering === undefined) {
    return null;
  }
  return (
    <>
      <BaseEdge
        path={path}
        className={classes.line ?? ''}
        data-state={peering.state}
        data-obstructed={peering.obstacle !== undefined}
        interactionWidth={18}
      />
      <EdgeLabelRenderer>
        <div
          className={classes.sign}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          title={`${peering.name ?? peering.id}: ${edgeWords(peering)}`}
        >
          {peering.obstacle === undefined ? <StateSign state={peering.state} /> : <IncompleteSign />}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
