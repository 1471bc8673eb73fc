/**
 * Where the Nets stand on the map. Nets that peerings connect are laid out as a graph; such groups, and the Nets that stand
 * alone, are then placed on shelves, so that three hundred of them make a page and not a line.
 */
import { Graph as Dagre, layout as arrange } from '@dagrejs/dagre';
import type { Graph, NetNode } from './graph.ts';

export type Place = { x: number; y: number; width: number; height: number };

export const WIDTH = 220;
const HEAD = 62;
const ROW = 21;
const GAP = 56;

/** Of more Subnets than these, the box of a Net tells only how many there are. */
export const SUBNETS_SHOWN = 6;

export function heightOf(node: NetNode): number {
  const rows = Math.min(node.subnets.length, SUBNETS_SHOWN) + (node.subnets.length > SUBNETS_SHOWN ? 1 : 0);
  return HEAD + rows * ROW + (rows > 0 ? 10 : 0);
}

type Box = { places: Map<string, Place>; width: number; height: number };

/** The direction in which peerings lead: from left to right, or from top to bottom. */
export type Direction = 'LR' | 'TB';

export type Layout = { places: Map<string, Place>; direction: Direction };

/**
 * The places for a frame of that shape (its width by its height), as large in it as can be. In a frame that is taller than
 * wide, peerings may lead downwards.
 */
export function layout(graph: Graph, aspect: number): Layout {
  const parts = components(graph);
  const directions: readonly Direction[] = aspect < 1 ? ['TB', 'LR'] : ['LR'];
  const ways = directions.map((direction) => {
    const boxes = parts.map((part) => box(part, direction));
    const { places, width, height } = shelves(boxes, shelfWidth(boxes, aspect));
    return { direction, places, scale: Math.min(aspect / width, 1 / height) };
  });
  return ways.reduce((best, way) => (way.scale > best.scale ? way : best));
}

function shelfWidth(boxes: readonly Box[], aspect: number): number {
  const area = boxes.reduce((sum, it) => sum + (it.width + GAP) * (it.height + GAP), 0);
  return Math.max(Math.sqrt(area * aspect), ...boxes.map((it) => it.width));
}

/** The parts of the graph that nothing connects with one another, the largest first. */
export function components({ nodes, edges }: Graph): Graph[] {
  const neighbours = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const part = new Map<string, number>();
  let count = 0;
  for (const { id } of nodes) {
    if (!part.has(id)) {
      mark(id, count, neighbours, part);
      count += 1;
    }
  }
  return Array.from({ length: count }, (_, index) => ({
    nodes: nodes.filter((node) => part.get(node.id) === index),
    edges: edges.filter((edge) => part.get(edge.source) === index),
  })).toSorted((one, other) => other.nodes.length - one.nodes.length);
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

/** Between two boxes that a peering connects there is room for its line and its sign. */
const RANK_GAP: Record<Direction, number> = { LR: 130, TB: 80 };

function box({ nodes, edges }: Graph, direction: Direction): Box {
  const graph = new Dagre({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 28, ranksep: RANK_GAP[direction] });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    graph.setNode(node.id, { width: WIDTH, height: heightOf(node) });
  }
  for (const { id, source, target } of edges) {
    graph.setEdge(source, target, {}, id);
  }
  arrange(graph);
  const places = new Map<string, Place>();
  for (const node of nodes) {
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    const height = heightOf(node);
    places.set(node.id, { x: x - WIDTH / 2, y: y - height / 2, width: WIDTH, height });
  }
  return bounded(places);
}

/** The same places, moved so that they begin at 0, 0. */
function bounded(places: Map<string, Place>): Box {
  const all = [...places.values()];
  const left = Math.min(...all.map((place) => place.x));
  const top = Math.min(...all.map((place) => place.y));
  return {
    places: new Map(
      [...places].map(([id, place]) => [id, { ...place, x: place.x - left, y: place.y - top }]),
    ),
    width: Math.max(...all.map((place) => place.x + place.width)) - left,
    height: Math.max(...all.map((place) => place.y + place.height)) - top,
  };
}

/** On shelves of that width; what is lower than its shelf leaves room below for what is as narrow. */
function shelves(boxes: readonly Box[], width: number): Box {
  const placed = new Map<string, Place>();
  let shelf = { y: 0, height: 0 };
  let column = { x: 0, width: 0, y: 0 };
  for (const next of boxes) {
    const isBelow = next.width <= column.width && column.y + next.height <= shelf.y + shelf.height;
    if (!isBelow) {
      const x = column.width === 0 ? 0 : column.x + column.width + GAP;
      if (x > 0 && x + next.width > width) {
        shelf = { y: shelf.y + shelf.height + GAP, height: 0 };
        column = { x: 0, width: next.width, y: shelf.y };
      } else {
        column = { x, width: next.width, y: shelf.y };
      }
    }
    for (const [id, place] of next.places) {
      placed.set(id, { ...place, x: place.x + column.x, y: place.y + column.y });
    }
    shelf.height = Math.max(shelf.height, column.y - shelf.y + next.height);
    column.y += next.height + GAP;
  }
  return bounded(placed);
}
