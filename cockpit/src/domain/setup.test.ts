import { describe, expect, it } from 'vitest';
import { group, peering, rule, subnet, table } from './fixtures.ts';
import {
  groupLetIn,
  messageToPeer,
  otherService,
  routeSteps,
  ruleSteps,
  SERVICES,
  servicesOpen,
  tablesInUse,
} from './setup.ts';

const active = peering('active');
const subnets = [subnet('subnet-1', 'vpc-a', '10.0.1.0/24'), subnet('subnet-2', 'vpc-a', '10.0.2.0/24')];
const ping = SERVICES.filter((service) => service.id === 'ping');
const https = SERVICES.filter((service) => service.id === 'https');
const leading = (id: string, state: 'active' | 'blackhole' = 'active') => ({
  CreationMethod: 'CreateRoute',
  DestinationIpRange: '10.1.0.0/16',
  NetPeeringId: id,
  State: state,
});

describe('tablesInUse', () => {
  it('is the main table where a Subnet has no other', () => {
    const tables = [table('rtb-main', ['main']), table('rtb-own', ['subnet-1']), table('rtb-idle', [])];
    expect(tablesInUse('vpc-a', tables, subnets).map((it) => it.RouteTableId)).toEqual([
      'rtb-main',
      'rtb-own',
    ]);
  });

  it('is not the main table where every Subnet has its own', () => {
    const tables = [table('rtb-main', ['main']), table('rtb-own', ['subnet-1', 'subnet-2'])];
    expect(tablesInUse('vpc-a', tables, subnets).map((it) => it.RouteTableId)).toEqual(['rtb-own']);
  });
});

describe('routeSteps', () => {
  it('R2: proposes a route to the peer’s range', () => {
    const [step] = routeSteps(active, 'vpc-a', [table('rtb-1', ['main'])], subnets);
    expect(step).toMatchObject({
      done: false,
      planned: {
        call: 'CreateRoute',
        args: { RouteTableId: 'rtb-1', DestinationIpRange: '10.1.0.0/16', NetPeeringId: 'pcx-00000001' },
      },
    });
  });

  it('is done where the route is there', () => {
    const [step] = routeSteps(
      active,
      'vpc-a',
      [table('rtb-1', ['main'], [leading('pcx-00000001')])],
      subnets,
    );
    expect(step?.done).toBe(true);
  });

  it('R5: changes a route that leads to a dead peering, as there is one per destination', () => {
    const [step] = routeSteps(
      active,
      'vpc-a',
      [table('rtb-1', ['main'], [leading('pcx-dead', 'blackhole')])],
      subnets,
    );
    expect(step).toMatchObject({ done: false, planned: { call: 'UpdateRoute' } });
  });
});

describe('ruleSteps', () => {
  it('asks for no more than the service and the peer’s range', () => {
    const [step] = ruleSteps(active.AccepterNet, [group('sg-1')], https);
    expect(step?.planned.args).toEqual({
      SecurityGroupId: 'sg-1',
      Flow: 'Inbound',
      IpProtocol: 'tcp',
      FromPortRange: 443,
      ToPortRange: 443,
      IpRange: '10.1.0.0/16',
    });
  });

  it.each([
    ['everything from everywhere', rule('-1', -1, -1, '0.0.0.0/0'), true],
    ['all tcp from a wider range', rule('tcp', -1, -1, '10.0.0.0/8'), true],
    ['ports around it', rule('tcp', 400, 500, '10.1.0.0/16'), true],
    ['a part of the range', rule('tcp', 443, 443, '10.1.0.0/24'), false],
    ['another port', rule('tcp', 80, 80, '10.1.0.0/16'), false],
    ['another protocol', rule('udp', 443, 443, '10.1.0.0/16'), false],
  ])('is done by a rule for %s: %s', (_, existing, done) => {
    expect(ruleSteps(active.AccepterNet, [group('sg-1', [existing])], https)[0]?.done).toBe(done);
  });

  it('knows a rule for ping', () => {
    const [step] = ruleSteps(active.AccepterNet, [group('sg-1', [rule('icmp', 8, -1, '10.1.0.0/16')])], ping);
    expect(step?.done).toBe(true);
  });
});

describe('a rule that names a group of the peer’s', () => {
  const theirs = { ...group('sg-web'), NetId: 'vpc-b' };
  const naming = {
    ...rule('tcp', 443, 443),
    SecurityGroupsMembers: [{ AccountId: '111111111111', SecurityGroupId: 'sg-web' }],
  };

  it('S5: is proposed in place of the range', () => {
    const [step] = ruleSteps(active.AccepterNet, [group('sg-1')], https, theirs);
    expect(step?.planned.args).toMatchObject({ SecurityGroupNameToLink: 'sg-web' });
    expect(step?.planned.args).not.toHaveProperty('IpRange');
  });

  it.each([
    ['one for that group', naming, true],
    ['one for the whole range', rule('tcp', 443, 443, '10.1.0.0/16'), true],
    ['one for a part of the range', rule('tcp', 443, 443, '10.1.1.0/24'), false],
  ])('is done by %s: %s', (_, existing, done) => {
    const [step] = ruleSteps(active.AccepterNet, [group('sg-1', [existing])], https, theirs);
    expect(step?.done).toBe(done);
  });

  it('does not let the whole range in', () => {
    expect(ruleSteps(active.AccepterNet, [group('sg-1', [naming])], https)[0]?.done).toBe(false);
  });

  it('is found again', () => {
    expect(groupLetIn([group('sg-1', [naming])], [theirs])).toBe(theirs);
    expect(groupLetIn([group('sg-1', [rule('tcp', 443, 443, '10.1.0.0/16')])], [theirs])).toBeUndefined();
  });
});

const open = (...rules: Parameters<typeof group>[1] & object) =>
  servicesOpen(active.AccepterNet, [group('sg-1', rules)], undefined).map((it) => it.id);

describe('servicesOpen', () => {
  it('is nothing that is open to others alone', () => {
    expect(open()).toEqual([]);
    expect(open(rule('tcp', 443, 443, '10.7.0.0/16'))).toEqual([]);
  });

  it('is what is open to the peer already, with ports that have no name here', () => {
    expect(
      open(
        rule('tcp', 22, 22, '10.1.0.0/16'),
        rule('tcp', 8000, 8099, '10.1.0.0/16'),
        rule('tcp', 22, 22, '10.0.0.0/8'),
      ),
    ).toEqual(['ssh', 'tcp 8000 to 8099']);
  });

  it('is not everything because a rule opens everything', () => {
    expect(open(rule('-1', -1, -1, '0.0.0.0/0'), rule('tcp', -1, -1, '0.0.0.0/0'))).toEqual([]);
  });
});

it('knows a service by its ports', () => {
  expect(otherService('tcp', 443, 443)).toBe(https[0]);
  expect(otherService('udp', 53, 53)).toMatchObject({ id: 'udp 53', protocol: 'udp', from: 53, to: 53 });
});

describe('messageToPeer', () => {
  it('says what the accepter has to do, the answer first', () => {
    const text = messageToPeer(peering('pending-acceptance'), active.SourceNet, https);
    expect(text.indexOf('AcceptNetPeering')).toBeLessThan(text.indexOf('CreateRoute'));
    expect(text).toContain('"DestinationIpRange":"10.0.0.0/16"');
    expect(text).toContain('"FromPortRange":443');
    expect(text).toContain('On our side, 10.1.0.0/16 may reach: HTTPS (tcp 443).');
  });

  it('leaves out what is known to be done', () => {
    const led = messageToPeer(active, active.SourceNet, https, { leads: true, admits: false });
    expect(led).not.toContain('CreateRoute');
    expect(led).toContain('1. In the security groups');
    const admitted = messageToPeer(active, active.SourceNet, https, { leads: false, admits: true });
    expect(admitted).toContain('1. In each route table');
    expect(admitted).not.toContain('CreateSecurityGroupRule');
  });

  it('does not ask the requester to accept', () => {
    expect(messageToPeer(peering('pending-acceptance'), active.AccepterNet, https)).not.toContain(
      'AcceptNetPeering',
    );
    expect(messageToPeer(active, active.SourceNet, https)).not.toContain('AcceptNetPeering');
  });
});
