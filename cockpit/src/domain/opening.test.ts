import { expect, it } from 'vitest';
import { group, peering, rule, table } from './fixtures.ts';
import { openingOf } from './opening.ts';
import { parsePorts, trafficWords } from './traffic.ts';

const asked = peering('pending-acceptance');

it('tells which rules would let the peer in at once', () => {
  const groups = [
    group('sg-1', [rule('tcp', 22, 22, '10.0.0.0/8'), rule('tcp', 80, 80, '192.168.0.0/16')]),
    group('sg-2'),
  ];
  const found = openingOf(asked, 'vpc-a', groups, []).rules;
  expect(found.map((it) => [it.group.SecurityGroupId, it.rule.FromPortRange])).toEqual([['sg-1', 22]]);
});

it('tells which tables lead to the peering already', () => {
  const ready = table(
    'rtb-1',
    ['main'],
    [
      {
        CreationMethod: 'CreateRoute',
        DestinationIpRange: '10.1.0.0/16',
        NetPeeringId: 'pcx-00000001',
        State: 'active',
      },
    ],
  );
  expect(openingOf(asked, 'vpc-a', [], [ready, table('rtb-2', [])]).tables).toEqual([ready]);
});

it('says traffic in words', () => {
  expect(
    [
      rule('-1', -1, -1),
      rule('tcp', -1, -1),
      rule('tcp', 443, 443),
      rule('udp', 1, 9),
      rule('icmp', 8, -1),
      rule('icmp', 3, -1),
    ].map(trafficWords),
  ).toEqual(['all traffic', 'all tcp', 'tcp 443', 'udp 1 to 9', 'icmp echo (ping)', 'icmp, type 3']);
});

it('reads ports as people write them', () => {
  expect([' 443 ', '8000-8099', '', '9-8', '70000', 'x'].map(parsePorts)).toEqual([
    { from: 443, to: 443 },
    { from: 8000, to: 8099 },
    { from: -1, to: -1 },
    undefined,
    undefined,
    undefined,
  ]);
});
