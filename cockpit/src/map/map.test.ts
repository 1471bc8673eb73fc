import { describe, expect, it } from 'vitest';
import { ALICE, BOB, net, peering, subnet, summary, vm } from '../domain/fixtures.ts';
import { edgeWords, fits, type Graph, graphOf } from './graph.ts';
import type { Place } from './boxes.ts';
import { components, layout, WIDTH } from './layout.ts';

/** The words for a peering in this state, whose requester had no route when it was last looked at. */
function told(state: 'active' | 'deleted'): string[] {
  const summaries = new Map([['pcx-00000001', summary(['NONE', true], ['ALL', true])]]);
  const world = { nets: [], subnets: [], vms: [], peerings: [peering(state)], services: [], summaries };
  return graphOf(world, ALICE, 0).edges.map(edgeWords);
}

describe('graphOf', () => {
  const graph = graphOf(
    {
      nets: [net('vpc-a', '10.0.0.0/16', 'shop')],
      subnets: [subnet('subnet-2', 'vpc-a', '10.0.10.0/24'), subnet('subnet-1', 'vpc-a', '10.0.9.0/24')],
      vms: [{ ...vm('i-1', 'vpc-a'), SubnetId: 'subnet-1' }],
      peerings: [peering('active')],
      services: [{ InternetServiceId: 'igw-1', NetId: 'vpc-a', State: 'available', Tags: [] }],
      summaries: new Map(),
    },
    ALICE,
    0,
  );

  it('shows one’s own Nets with what is inside', () => {
    const mine = graph.nodes.find((node) => node.id === 'vpc-a');
    expect(mine).toMatchObject({ mine: true, name: 'shop', machines: 1, outside: true });
    expect(mine?.subnets.map((it) => [it.id, it.machines])).toEqual([
      ['subnet-1', 1],
      ['subnet-2', 0],
    ]);
  });

  it('shows of a peer’s Net what the peering tells, and no more', () => {
    expect(graph.nodes.find((node) => node.id === 'vpc-b')).toEqual({
      id: 'vpc-b',
      range: '10.1.0.0/16',
      name: undefined,
      owner: BOB,
      mine: false,
      machines: 0,
      subnets: [],
      outside: false,
    });
  });

  it('says what is in the way of a peering only while it is active', () => {
    expect(told('active')).toEqual(['Active, but nothing can pass: no route from 10.0.0.0/16']);
    expect(told('deleted')).toEqual(['Deleted']);
  });

  it('finds a Net by its name, range or owner', () => {
    const searches = ['SHOP', '10.1.', BOB, '10.0.9', 'none'];
    expect(
      searches.map((text) => graph.nodes.filter((node) => fits(node, text)).map((node) => node.id)),
    ).toEqual([['vpc-a'], ['vpc-b'], ['vpc-b'], ['vpc-a'], []]);
  });
});

const box = (index: number, range = '10.0.0.0/16') => ({
  id: `vpc-${index}`,
  range,
  name: undefined,
  owner: ALICE,
  mine: true,
  machines: 0,
  subnets: [],
  outside: false,
});

const line = (source: number, target: number) => ({
  id: `pcx-${source}-${target}`,
  source: `vpc-${source}`,
  target: `vpc-${target}`,
  state: 'active' as const,
  name: undefined,
  obstacle: undefined,
});

function graphWith(nodes: number, lines: readonly (readonly [number, number])[]): Graph {
  return {
    nodes: Array.from({ length: nodes }, (_, index) => box(index)),
    edges: lines.map(([source, target]) => line(source, target)),
  };
}

const WIDE = { width: 1050, height: 550 };
const TALL = { width: 340, height: 400 };

/** One Net that has a peering with each of so many others, and more Nets without any. */
const hub = (peers: number, nodes = peers + 1) =>
  graphWith(
    nodes,
    Array.from({ length: peers }, (_, index) =>
      index % 2 === 0 ? ([0, index + 1] as const) : ([index + 1, 0] as const),
    ),
  );

describe('layout', () => {
  const crowd = graphWith(
    300,
    Array.from({ length: 40 }, (_, index) => [index % 20, 20 + index] as const),
  );

  it('keeps what is connected together', () => {
    const sizes = components(crowd).map((part) => part.nodes.length);
    expect(sizes.slice(0, 21)).toEqual([...Array.from({ length: 20 }, () => 3), 1]);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });

  it('puts what stands alone in the order of the ranges', () => {
    const ranges = ['10.10.0.0/16', '10.9.0.0/16', '10.9.0.0/24'];
    const nodes = ranges.map((range, index) => box(index, range));
    const sorted = components({ nodes, edges: [] }).map((part) => part.nodes[0]?.range);
    expect(sorted).toEqual(['10.9.0.0/16', '10.9.0.0/24', '10.10.0.0/16']);
  });

  it.each([
    ['pairs', WIDE, crowd],
    ['pairs', TALL, crowd],
    ['a Net with many peers', WIDE, hub(40, 300)],
    ['a Net with many peers', TALL, hub(40, 300)],
  ])('lays no Net upon another, and fills the frame: %s in %o', (_, frame, graph) => {
    const places = [...layout(graph, frame).places.values()];
    expect(places).toHaveLength(300);
    const overlapping = places.filter((one, index) =>
      places.slice(index + 1).some((other) => meet(one, other)),
    );
    expect(overlapping).toEqual([]);
    const { width, height } = extent(places);
    const scale = Math.min(frame.width / width, frame.height / height);
    const drawn = places.reduce((sum, place) => sum + place.width * place.height * scale ** 2, 0);
    expect(drawn / (frame.width * frame.height)).toBeGreaterThan(0.45);
  });

  it('sums up what is inside only where there is no room to list it', () => {
    expect(layout(graphWith(3, [[0, 1]]), WIDE).detail).toBe('full');
    expect(layout(graphWith(300, [[0, 1]]), WIDE).detail).toBe('condensed');
  });

  it('lets a row of peerings lead downwards where the frame is tall', () => {
    const row = graphWith(4, [
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(layout(row, WIDE).direction).toBe('LR');
    const { direction, places } = layout(row, TALL);
    expect(direction).toBe('TB');
    expect(extent([...places.values()]).width).toBeLessThan(3 * WIDTH);
  });

  it('stands the many peers of one Net on both sides of it, and says which lines are drawn backwards', () => {
    const graph = hub(40);
    const { places, direction, reversed } = layout(graph, WIDE);
    const x = (id: string) => places.get(id)?.x ?? 0;
    const before = graph.nodes.filter((node) => x(node.id) < x('vpc-0'));
    expect(before).toHaveLength(20);
    expect(direction).toBe('LR');
    for (const { id, source, target } of graph.edges) {
      expect([id, reversed.has(id)]).toEqual([id, x(target) < x(source)]);
    }
  });

  it('lets the one who asked stand before few peers', () => {
    const { places, reversed } = layout(
      graphWith(4, [
        [0, 1],
        [0, 2],
        [3, 0],
      ]),
      WIDE,
    );
    const order = [...places].toSorted(([, one], [, other]) => one.x - other.x).map(([id]) => id);
    expect(order.slice(0, 2)).toEqual(['vpc-3', 'vpc-0']);
    expect(reversed.size).toBe(0);
  });
});

function extent(places: readonly Place[]): { width: number; height: number } {
  return {
    width: Math.max(...places.map((place) => place.x + place.width)),
    height: Math.max(...places.map((place) => place.y + place.height)),
  };
}

function meet(one: Place, other: Place): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
