import '@xyflow/react/dist/base.css';
import './flow.css';
import { Switch, TextInput, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  Background,
  Controls,
  MiniMap,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useStore,
} from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useInternetServices, useSummaries } from '../api/queries.ts';
import type { InternetService, Net, NetPeering, Subnet, Vm } from '../api/schema.ts';
import { counted } from '../domain/names.ts';
import { isLive, STATES } from '../domain/peering.ts';
import { CreateNet } from '../pages/NetsPage.tsx';
import { NextAction } from '../pages/NextAction.tsx';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';
import { GlobeIcon } from '../ui/icons.tsx';
import { IncompleteSign, StateBadge } from '../ui/State.tsx';
import classes from './map.module.css';
import { NetBox, type NetFlowNode } from './NetBox.tsx';
import { PeeringLine, type PeeringFlowEdge } from './PeeringLine.tsx';
import { edgeWords, fits, type Graph, graphOf, shortSubregion } from './graph.ts';
import { useFraming, WHOLE } from './framing.ts';
import type { Size } from './boxes.ts';
import { type Direction, layout } from './layout.ts';
import { useWorld } from './world.ts';
import uiClasses from '../ui/ui.module.css';

export default function MapPage() {
  const read = useWorld();
  const empty = read.data?.a.length === 0 && read.data.d.length === 0;
  return (
    <Page title="Map" actions={!empty && <NextAction />}>
      <Loaded query={read}>
        {({ a: nets, b: subnets, c: vms, d: peerings }) =>
          nets.length === 0 && peerings.length === 0 ? (
            <Empty title="Your map is empty" action={<CreateNet />}>
              Begin with a Net, which comes with a Subnet in it and a VM in that. Then connect it with another
              Net.
            </Empty>
          ) : (
            <ReactFlowProvider>
              <Shown nets={nets} subnets={subnets} vms={vms} peerings={peerings} />
            </ReactFlowProvider>
          )
        }
      </Loaded>
    </Page>
  );
}

const NO_SERVICES: readonly InternetService[] = [];

type World = { nets: Net[]; subnets: Subnet[]; vms: Vm[]; peerings: NetPeering[] };

/** The time to which the map's states are exact; the lines are not drawn anew each second, in milliseconds. */
const EXACT_TO = 5_000;

function Shown({ nets, subnets, vms, peerings }: World) {
  const { account } = useSession();
  const [search, setSearch] = useState('');
  const [dead, setDead] = useState(false);
  const summaries = useSummaries(peerings);
  const services = useInternetServices().data ?? NO_SERVICES;
  const now = Math.floor(useNow() / EXACT_TO) * EXACT_TO;
  const graph = useMemo(() => {
    const all = graphOf({ nets, subnets, vms, peerings, services, summaries }, account, now);
    return dead ? all : live(all);
  }, [nets, subnets, vms, peerings, services, summaries, account, now, dead]);
  const found = useMemo(
    () =>
      new Set(search.trim() === '' ? [] : graph.nodes.filter((it) => fits(it, search)).map((it) => it.id)),
    [graph, search],
  );
  return (
    <>
      <div className={uiClasses.tools}>
        <TextInput
          type="search"
          label="Find a Net"
          placeholder="name, range, id…"
          value={search}
          onChange={(change) => setSearch(change.currentTarget.value)}
        />
        <Switch
          label="Show ended peerings"
          checked={dead}
          onChange={(change) => setDead(change.currentTarget.checked)}
          className={uiClasses.beside}
        />
        <span className={`${uiClasses.beside} ${uiClasses.quiet} ${uiClasses.small}`} role="status">
          {search.trim() === ''
            ? counted(graph.nodes.length, 'Net')
            : `${found.size} of ${counted(graph.nodes.length, 'Net')} found`}
        </span>
      </div>
      <Drawn graph={graph} found={found} />
      <Legend
        dead={dead}
        subregions={graph.nodes.flatMap((net) => net.subnets.map((it) => it.subregion))}
        outside={graph.nodes.some((net) => net.outside)}
      />
    </>
  );
}

/** Without peerings that ended, and without Nets of others that only those led to. */
function live({ nodes, edges }: Graph): Graph {
  const alive = edges.filter((edge) => isLive(edge.state));
  const seen = new Set(alive.flatMap((edge) => [edge.source, edge.target]));
  return { nodes: nodes.filter((node) => node.mine || seen.has(node.id)), edges: alive };
}

/** The room for Nets, roughly: that of the map on a wide page and on a telephone, in pixels, without what {@link WHOLE} keeps free. */
const WIDE: Size = { width: 1050, height: 550 };
const TALL: Size = { width: 340, height: 400 };

/** Drawn smaller than this, what a box says in full can't be read. */
const FAR = 0.6;

/** Where the lines of peerings begin and end. */
const SIDES: Record<Direction, Pick<NetFlowNode, 'sourcePosition' | 'targetPosition'>> = {
  LR: { sourcePosition: Position.Right, targetPosition: Position.Left },
  TB: { sourcePosition: Position.Bottom, targetPosition: Position.Top },
};

const NODE_TYPES = { net: NetBox };
const EDGE_TYPES = { peering: PeeringLine };

/** Places depend on what there is, and not on its state: nothing moves because a peering was accepted. */
function useLayout(graph: Graph, frame: Size) {
  const shape = JSON.stringify([
    graph.nodes.map((node) => [node.id, node.subnets.length]),
    graph.edges.map((edge) => [edge.id, edge.source, edge.target]),
  ]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the shape stands for the graph
  return useMemo(() => layout(graph, frame), [shape, frame]);
}

function Drawn({ graph, found }: { graph: Graph; found: ReadonlySet<string> }) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const room = narrow ? TALL : WIDE;
  const { places, direction, detail, reversed } = useLayout(graph, room);
  const far = useStore((state) => state.transform[2] < FAR);
  const { onMoveStart, onFitView } = useFraming(places, found, room);
  const [, go] = useLocation();
  const scheme = useComputedColorScheme('light');

  const nodes = useMemo<NetFlowNode[]>(
    () =>
      graph.nodes.flatMap((net) => {
        const place = places.get(net.id);
        return place === undefined
          ? []
          : {
              id: net.id,
              type: 'net',
              position: { x: place.x, y: place.y },
              width: place.width,
              height: place.height,
              ...SIDES[direction],
              data: { net, found: found.has(net.id), detail },
              ariaLabel: `Net ${net.range} ${net.name ?? net.id}, ${net.mine ? 'yours' : `of account ${net.owner}`}${net.outside ? ', with a way outside' : ''}`,
            };
      }),
    [graph, places, direction, detail, found],
  );
  const edges = useMemo<PeeringFlowEdge[]>(
    () =>
      graph.edges.map((peering) => ({
        id: peering.id,
        type: 'peering',
        source: reversed.has(peering.id) ? peering.target : peering.source,
        target: reversed.has(peering.id) ? peering.source : peering.target,
        data: { peering },
        ariaLabel: `Peering ${peering.name ?? peering.id}: ${edgeWords(peering)}`,
      })),
    [graph, reversed],
  );

  const open = (id: string) => {
    const node = graph.nodes.find((it) => it.id === id);
    if (node === undefined) {
      go(`/peerings/${id}`);
    } else if (node.mine) {
      go(`/nets/${id}`);
    }
  };
  return (
    <div className={classes.map} data-far={far}>
      <ReactFlow<NetFlowNode, PeeringFlowEdge>
        key={direction}
        aria-label="Map of Nets and peerings"
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable
        nodesFocusable
        edgesFocusable
        onlyRenderVisibleElements
        fitView
        fitViewOptions={WHOLE}
        onMoveStart={onMoveStart}
        minZoom={0.05}
        colorMode={scheme}
        onNodeClick={(_, node) => open(node.id)}
        onEdgeClick={(_, edge) => open(edge.id)}
        onKeyDown={(event) => {
          const id = (event.target as HTMLElement).closest('[data-id]')?.getAttribute('data-id');
          if (event.key === 'Enter' && id !== null && id !== undefined) {
            open(id);
          }
        }}
      >
        <Background gap={22} />
        <Controls
          orientation="horizontal"
          showInteractive={false}
          fitViewOptions={WHOLE}
          onFitView={onFitView}
        />
        {graph.nodes.length > 12 && !narrow && !far && (
          <MiniMap pannable zoomable ariaLabel="Overview of the map" />
        )}
      </ReactFlow>
    </div>
  );
}

function Legend({
  dead,
  subregions,
  outside,
}: {
  dead: boolean;
  subregions: readonly string[];
  outside: boolean;
}) {
  const [subregion] = subregions.toSorted();
  return (
    <div className={classes.legend} aria-label="Legend" role="group">
      {STATES.filter((state) => dead || isLive(state)).map((state) => (
        <StateBadge key={state} state={state} />
      ))}
      <span className={uiClasses.passing} data-good={false}>
        <IncompleteSign /> Active, but nothing can pass yet
      </span>
      <span>
        <span className={classes.machines} aria-hidden="true">
          ■
        </span>{' '}
        a VM
        {subregion !== undefined && `, beside its Subregion: ${shortSubregion(subregion)} is ${subregion}`}
      </span>
      {outside && (
        <span className={classes.exit}>
          <GlobeIcon size={13} /> a Net with a way outside
        </span>
      )}
      <span className={uiClasses.quiet}>
        Dashed boxes are other accounts’ Nets. Enter or a click opens what is chosen.
      </span>
    </div>
  );
}
