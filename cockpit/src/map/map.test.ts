import { describe, expect, it } from 'vitest';
import { ALICE, BOB, net, peering, subnet, vm } from '../domain/fixtures.ts';
import { fits, type Graph, graphOf } from './graph.ts';
import { components, layout, type Place } from './layout.ts';

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

describe('layout', () => {
  const chain: Graph = {
    nodes: Array.from({ length: 300 }, (_, index) => ({
      id: `vpc-${index}`,
      range: '10.0.0.0/16',
      name: undefined,
      owner: ALICE,
      mine: true,
      machines: 0,
      subnets: [],
    })),
    edges: Array.from({ length: 40 }, (_, index) => ({
      id: `pcx-${index}`,
      source: `vpc-${index % 20}`,
      target: `vpc-${20 + index}`,
      state: 'active' as const,
      name: undefined,
    })),
  };

  it('keeps what is connected together', () => {
    const sizes = components(chain).map((part) => part.nodes.length);
    expect(sizes.slice(0, 21)).toEqual([...Array.from({ length: 20 }, () => 3), 1]);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });

  it('lays no Net upon another, and makes a page and not a line', () => {
    const places = [...layout(chain).values()];
    expect(places).toHaveLength(300);
    const overlapping = places.filter((one, index) =>
      places.slice(index + 1).some((other) => meet(one, other)),
    );
    expect(overlapping).toEqual([]);
    const width = Math.max(...places.map((place) => place.x + place.width));
    const height = Math.max(...places.map((place) => place.y + place.height));
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(4);
  });
});

function meet(one: Place, other: Place): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
