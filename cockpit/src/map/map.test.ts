import { describe, expect, it } from 'vitest';
import { ALICE, BOB, net, peering, subnet, vm } from '../domain/fixtures.ts';
import { fits, type Graph, graphOf } from './graph.ts';
import { components, layout, type Place, WIDTH } from './layout.ts';

describe('graphOf', () => {
  const graph = graphOf(
    {
      nets: [net('vpc-a', '10.0.0.0/16', 'shop')],
      subnets: [subnet('subnet-2', 'vpc-a', '10.0.10.0/24'), subnet('subnet-1', 'vpc-a', '10.0.9.0/24')],
      vms: [{ ...vm('i-1', 'vpc-a'), SubnetId: 'subnet-1' }],
      peerings: [peering('active')],
    },
    ALICE,
    0,
  );

  it('shows one’s own Nets with what is inside', () => {
    const mine = graph.nodes.find((node) => node.id === 'vpc-a');
    expect(mine).toMatchObject({ mine: true, name: 'shop', machines: 1 });
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
    });
  });

  it('finds a Net by its name, range or owner', () => {
    const searches = ['SHOP', '10.1.', BOB, '10.0.9', 'none'];
    expect(
      searches.map((text) => graph.nodes.filter((node) => fits(node, text)).map((node) => node.id)),
    ).toEqual([['vpc-a'], ['vpc-b'], ['vpc-b'], ['vpc-a'], []]);
  });
});

const box = (index: number) => ({
  id: `vpc-${index}`,
  range: '10.0.0.0/16',
  name: undefined,
  owner: ALICE,
  mine: true,
  machines: 0,
  subnets: [],
});

const line = (source: number, target: number) => ({
  id: `pcx-${source}-${target}`,
  source: `vpc-${source}`,
  target: `vpc-${target}`,
  state: 'active' as const,
  name: undefined,
});

function graphWith(nodes: number, lines: readonly (readonly [number, number])[]): Graph {
  return {
    nodes: Array.from({ length: nodes }, (_, index) => box(index)),
    edges: lines.map(([source, target]) => line(source, target)),
  };
}

describe('layout', () => {
  const WIDE = 1.7;
  const TALL = 0.75;
  const crowd = graphWith(
    300,
    Array.from({ length: 40 }, (_, index) => [index % 20, 20 + index] as const),
  );

  it('keeps what is connected together', () => {
    const sizes = components(crowd).map((part) => part.nodes.length);
    expect(sizes.slice(0, 21)).toEqual([...Array.from({ length: 20 }, () => 3), 1]);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });

  it.each([WIDE, TALL])('lays no Net upon another, and takes the shape of a frame of %d', (aspect) => {
    const places = [...layout(crowd, aspect).places.values()];
    expect(places).toHaveLength(300);
    const overlapping = places.filter((one, index) =>
      places.slice(index + 1).some((other) => meet(one, other)),
    );
    expect(overlapping).toEqual([]);
    const { width, height } = extent(places);
    expect(width / height).toBeGreaterThan(aspect / 2);
    expect(width / height).toBeLessThan(aspect * 2);
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

  it('uses the room beside a Net with many peers', () => {
    const lines = Array.from({ length: 40 }, (_, index) => [0, index + 1] as const);
    const { width, height } = extent([...layout(graphWith(300, lines), WIDE).places.values()]);
    const peers = extent([...layout(graphWith(41, lines), WIDE).places.values()]);
    expect(height).toBeLessThan(1.2 * peers.height);
    expect(width).toBeLessThan(WIDE * 1.3 * height);
  });

  it('stacks the many peers of one Net, however tall the frame is', () => {
    const hub = graphWith(
      41,
      Array.from({ length: 40 }, (_, index) => [0, index + 1] as const),
    );
    expect(layout(hub, TALL).direction).toBe('LR');
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
