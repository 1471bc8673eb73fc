/**
 * Fans: the many peers of one Net that have no other peer, in columns on both sides of it. One below the other, they would
 * make a map so tall that nobody can read it.
 */
import { around, type Box, type Place, type Size } from './boxes.ts';
import type { Graph, NetNode } from './graph.ts';

/** One half of a Net's fan. */
export type Fan = { id: string; hub: string; side: 'before' | 'after'; members: readonly NetNode[] };

/** Fewer peers than these stand where the one who asked is before the one who was asked. */
const FEWEST = 8;

/** In more columns, lines would lead under too many boxes. */
const MOST_COLUMNS = 2;

export function fansOf({ nodes, edges }: Graph): Fan[] {
  const peers = new Map<string, Set<string>>(nodes.map((node) => [node.id, new Set()]));
  for (const { source, target } of edges) {
    peers.get(source)?.add(target);
    peers.get(target)?.add(source);
  }
  const byHub = new Map<string, NetNode[]>();
  for (const node of nodes) {
    const [only, ...more] = peers.get(node.id) ?? [];
    if (only !== undefined && more.length === 0) {
      byHub.set(only, [...(byHub.get(only) ?? []), node]);
    }
  }
  return [...byHub]
    .filter(([, members]) => members.length >= FEWEST)
    .flatMap(([hub, members]) => {
      const half = Math.ceil(members.length / 2);
      return [
        { id: `${hub} before`, hub, side: 'before', members: members.slice(0, half) },
        { id: `${hub} after`, hub, side: 'after', members: members.slice(half) },
      ] satisfies Fan[];
    });
}

/** The columns of a fan, the first next to its Net; each begins lower than the one before, so that lines pass between. */
export function opened({ side, members }: Fan, sizeOf: (node: NetNode) => Size, gap: number): Box {
  const { width, height } = sizeOf(members[0] as NetNode);
  const square = Math.sqrt((members.length * (height + gap)) / (width + gap));
  const columns = Math.min(MOST_COLUMNS, Math.max(1, Math.round(square)));
  const rows = Math.ceil(members.length / columns);
  const places = new Map<string, Place>();
  for (let column = 0; column < columns; column += 1) {
    const x = (side === 'after' ? column : -column) * (width + 2 * gap);
    let y = (column * (height + gap)) / columns;
    for (const member of members.slice(column * rows, (column + 1) * rows)) {
      const size = sizeOf(member);
      places.set(member.id, { x, y, ...size });
      y += size.height + gap;
    }
  }
  return around(places);
}
