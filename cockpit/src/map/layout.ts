/**
 * Where the Nets stand on the map. Nets that peerings connect are laid out as a graph; such groups, and the Nets that stand
 * alone, are then placed on shelves, so that three hundred of them make a page and not a line.
 */
import { Graph as Dagre, layout as arrange } from '@dagrejs/dagre';
import { compareCidrs } from '../domain/cidr.ts';
import { around, type Box, moved, type Place, scaleIn, shelved, type Size } from './boxes.ts';
import { fansOf, opened } from './fans.ts';
import type { Graph, NetNode } from './graph.ts';

export const WIDTH = 236;
const HEAD = 62;
const ROW = 21;

/** Of more Subnets than these, the box of a Net tells only how many there are. */
export const SUBNETS_SHOWN = 6;

/** Whether a box lists the Subnets of its Net, or only sums them up: where there are too many Nets for that. */
export type Detail = 'full' | 'condensed';

/** Where boxes that list their Subnets would be drawn smaller than this, they sum them up. */
const SMALLEST_FULL = 0.6;

/** Between boxes of a group, and between groups. */
const GAPS: Record<Detail, { inside: number; between: number }> = {
  full: { inside: 28, between: 56 },
  condensed: { inside: 16, between: 20 },
};

/** The direction in which peerings lead: from left to right, or from top to bottom. */
export type Direction = 'LR' | 'TB';

/** Between two boxes that a peering connects there is room for its line and its sign. */
const RANK_GAP: Record<Direction, number> = { LR: 130, TB: 80 };

/** One way to lay it out. */
type Way = { direction: Direction; detail: Detail; fanned: boolean };

export type Layout = {
  places: ReadonlyMap<string, Place>;
  direction: Direction;
  detail: Detail;
  /** The peerings whose target stands before their source. */
  reversed: ReadonlySet<string>;
};

/** The layout that can be drawn largest in this frame. In one that is taller than wide, peerings may lead downwards. */
export function layout(graph: Graph, frame: Size): Layout {
  const parts = components(graph);
  const full = largest(parts, frame, 'full');
  return full.scale < SMALLEST_FULL ? largest(parts, frame, 'condensed') : full;
}

function largest(parts: readonly Graph[], frame: Size, detail: Detail): Layout & { scale: number } {
  const ways: Way[] = [
    { direction: 'LR', detail, fanned: false },
    { direction: 'LR', detail, fanned: true },
  ];
  if (frame.height > frame.width) {
    ways.push({ direction: 'TB', detail, fanned: false });
  }
  return ways
    .map((way) => {
      const laid = parts.map((part) => group(part, way));
      const box = shelved(
        laid.map((it) => it.box),
        GAPS[detail].between,
        frame,
      );
      const reversed = new Set(laid.flatMap((it) => it.reversed));
      return { direction: way.direction, detail, places: box.places, reversed, scale: scaleIn(frame, box) };
    })
    .reduce((best, next) => (next.scale > best.scale ? next : best));
}

/** The parts of the graph that nothing connects with one another, the largest first, then by range. */
export function components({ nodes, edges }: Graph): Graph[] {
  const neighbours = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const part = new Map<string, number>();
  const parts: { nodes: NetNode[]; edges: Graph['edges'][number][] }[] = [];
  const sorted = nodes.toSorted((one, other) => compareCidrs(one.range, other.range));
  for (const { id } of sorted) {
    if (!part.has(id)) {
      mark(id, parts.length, neighbours, part);
      parts.push({ nodes: [], edges: [] });
    }
  }
  for (const node of sorted) {
    parts[part.get(node.id) ?? 0]?.nodes.push(node);
  }
  for (const edge of edges) {
    parts[part.get(edge.source) ?? 0]?.edges.push(edge);
  }
  return parts.toSorted((one, other) => other.nodes.length - one.nodes.length);
}

function mark(
  start: string,
  index: number,
  neighbours: Map<string, string[]>,
  part: Map<string, number>,
): void {
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!part.has(id)) {
      part.set(id, index);
      open.push(...(neighbours.get(id) ?? []));
    }
  }
}

function sizeOf(node: NetNode, detail: Detail): Size {
  if (detail === 'condensed') {
    return { width: WIDTH, height: HEAD };
  }
  const rows = Math.min(node.subnets.length, SUBNETS_SHOWN) + (node.subnets.length > SUBNETS_SHOWN ? 1 : 0);
  return { width: WIDTH, height: HEAD + rows * ROW + (rows > 0 ? 10 : 0) };
}

/** What is laid out as one: a Net by itself, or a fan, under its own id. */
type Block = { id: string; box: Box };

function alone(node: NetNode, detail: Detail): Block {
  const size = sizeOf(node, detail);
  return { id: node.id, box: { places: new Map([[node.id, { x: 0, y: 0, ...size }]]), ...size } };
}

/** One part of the graph. */
function group(part: Graph, { direction, detail, fanned }: Way): { box: Box; reversed: string[] } {
  const [only, ...others] = part.nodes;
  if (only !== undefined && others.length === 0) {
    return { box: alone(only, detail).box, reversed: [] };
  }
  const gap = GAPS[detail].inside;
  const fans = fanned ? fansOf(part) : [];
  const fanOf = new Map(fans.flatMap((fan) => fan.members.map((member) => [member.id, fan] as const)));
  const blocks: Block[] = [
    ...part.nodes.filter((node) => !fanOf.has(node.id)).map((node) => alone(node, detail)),
    ...fans.map((fan) => ({ id: fan.id, box: opened(fan, (node) => sizeOf(node, detail), gap) })),
  ];
  const graph = new Dagre({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: gap, ranksep: RANK_GAP[direction] });
  graph.setDefaultEdgeLabel(() => ({}));
  blocks.forEach(({ id, box: { width, height } }) => graph.setNode(id, { width, height }));
  const reversed: string[] = [];
  for (const { id, source, target } of part.edges) {
    const fan = fanOf.get(source) ?? fanOf.get(target);
    if (fan === undefined) {
      graph.setEdge(source, target, {}, id);
    } else if ((fan.side === 'before') === (source === fan.hub)) {
      reversed.push(id);
    }
  }
  fans.forEach(({ id, hub, side }) => (side === 'before' ? graph.setEdge(id, hub) : graph.setEdge(hub, id)));
  arrange(graph);
  return { box: around(new Map(blocks.flatMap((block) => placed(block, graph)))), reversed };
}

/** Where Dagre has put the middle of a block, there it is. */
function placed({ id, box }: Block, graph: Dagre): [string, Place][] {
  const { x, y } = graph.node(id) as { x: number; y: number };
  return [...moved(box.places, x - box.width / 2, y - box.height / 2)];
}
