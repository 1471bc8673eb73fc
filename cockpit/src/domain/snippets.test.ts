import { describe, expect, it } from 'vitest';
import type { Planned } from '../api/requests.ts';
import { openNet, standFor } from './exits.ts';
import { newNet } from './newNet.ts';
import { snippet } from './snippets.ts';

const place = { origin: 'http://127.0.0.1:7780', region: 'eu-west-2' };
const accept: Planned = { call: 'AcceptNetPeering', args: { NetPeeringId: 'pcx-00000001' } };
const create: Planned = {
  call: 'CreateNetPeering',
  args: { SourceNetId: 'vpc-a', AccepterNetId: 'vpc-b', AccepterOwnerId: '222222222222' },
};
const rule: Planned = {
  call: 'CreateSecurityGroupRule',
  args: {
    SecurityGroupId: 'sg-1',
    Flow: 'Inbound',
    IpProtocol: 'tcp',
    FromPortRange: 443,
    ToPortRange: 443,
    IpRange: '10.1.0.0/16',
  },
};

describe('curl', () => {
  it('signs as the API wants it, and names the call', () => {
    const text = snippet('curl', accept, place);
    expect(text).toContain('--aws-sigv4 osc:osc:eu-west-2:api');
    expect(text).toContain(`-d '{"NetPeeringId":"pcx-00000001"}'`);
    expect(text).toContain('http://127.0.0.1:7780/api/v1/AcceptNetPeering');
  });

  it('lets no quote end the argument', () => {
    const tags: Planned = {
      call: 'CreateTags',
      args: { ResourceIds: ['vpc-a'], Tags: [{ Key: 'Name', Value: `it's` }] },
    };
    expect(snippet('curl', tags, place)).toContain(`it'\\''s`);
  });
});

describe('the AWS CLI', () => {
  it('has other words for peerings', () => {
    expect(snippet('aws', accept, place)).toContain(
      'aws ec2 accept-vpc-peering-connection \\\n  --vpc-peering-connection-id pcx-00000001',
    );
    expect(snippet('aws', create, place)).toContain('--peer-owner-id 222222222222');
  });

  it('has other words for rules', () => {
    const text = snippet('aws', rule, place);
    expect(text).toContain('authorize-security-group-ingress');
    expect(text).toContain(
      `[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.1.0.0/16"}]}]`,
    );
  });

  it('quotes what stands for an id that is yet to be made', () => {
    const all = newNet({ range: '10.7.0.0/16', name: 'shop', image: 'ami-1' });
    const text = all.map((it) => snippet('aws', it, place)).join('\n');
    expect(text).toContain(`--resources '<the NetId that CreateNet answers>'`);
    expect(text).toContain(`--vpc-id '<the NetId that CreateNet answers>'`);
    expect(text).toContain(`--subnet-id '<the SubnetId that CreateSubnet answers>'`);
  });

  it('says so where it has none', () => {
    expect(snippet('aws', { call: 'ReadEvents', args: {} }, place)).toContain('no such action');
  });
});

describe('Terraform', () => {
  it('describes what lasts', () => {
    expect(snippet('terraform', create, place)).toBe(
      [
        'resource "outscale_net_peering" "this" {',
        '  source_net_id     = "vpc-a"',
        '  accepter_net_id   = "vpc-b"',
        '  accepter_owner_id = "222222222222"',
        '}',
      ].join('\n'),
    );
    expect(snippet('terraform', accept, place)).toContain('outscale_net_peering_acceptation');
    expect(snippet('terraform', rule, place)).toContain('from_port_range   = 443');
  });

  it('removes what is deleted, and has nothing for what is done once', () => {
    expect(
      snippet('terraform', { call: 'DeleteNetPeering', args: { NetPeeringId: 'pcx-1' } }, place),
    ).toContain('Remove');
    expect(
      snippet('terraform', { call: 'RejectNetPeering', args: { NetPeeringId: 'pcx-1' } }, place),
    ).toContain('no resource');
  });
});

describe('ways outside', () => {
  const open = [...openNet('vpc-a'), ...standFor('eni-1', '10.0.1.4')];
  const route: Planned = {
    call: 'CreateRoute',
    args: { RouteTableId: 'rtb-1', DestinationIpRange: '0.0.0.0/0', GatewayId: 'igw-1' },
  };

  it('have other words in the AWS CLI', () => {
    const text = [...open, route].map((it) => snippet('aws', it, place)).join('\n');
    expect(text.match(/aws ec2 \S+/g)).toEqual([
      'aws ec2 create-internet-gateway',
      'aws ec2 attach-internet-gateway',
      'aws ec2 allocate-address',
      'aws ec2 associate-address',
      'aws ec2 create-route',
    ]);
    expect(text).toContain('--gateway-id igw-1');
    expect(text).toContain(`--allocation-id '<the PublicIpId that CreatePublicIp answers>'`);
    expect(text).not.toContain('undefined');
  });

  it('are resources of Terraform, which are left out of the configuration to end them', () => {
    expect(snippet('terraform', route, place)).toMatch(/gateway_id +=/);
    expect(open.map((it) => snippet('terraform', it, place)).join('\n')).toContain(
      'resource "outscale_public_ip_link" "this"',
    );
    const unlink: Planned = { call: 'UnlinkPublicIp', args: { LinkPublicIpId: 'eipassoc-1' } };
    expect(snippet('terraform', unlink, place)).toContain('Remove the resource');
    expect(snippet('aws', unlink, place)).toContain('disassociate-address');
  });
});

it('asks the EC2 API for what it alone has', () => {
  const entry: Planned = {
    call: 'CreateNetworkAclEntry',
    args: {
      NetworkAclId: 'acl-1',
      RuleNumber: 100,
      Egress: true,
      RuleAction: 'allow',
      Protocol: 'tcp',
      CidrBlock: '10.0.0.0/16',
      'PortRange.From': 443,
      'PortRange.To': 443,
    },
  };
  const curl = snippet('curl', entry, place);
  expect(curl).toContain('--aws-sigv4 aws:amz:eu-west-2:ec2');
  expect(curl).toContain("-d 'Action=CreateNetworkAclEntry'");
  expect(curl).toContain("-d 'PortRange.From=443'");
  expect(curl).toMatch(/ http:\/\/127\.0\.0\.1:7780\/$/);
  expect(snippet('aws', entry, place)).toContain('aws ec2 create-network-acl-entry');
  expect(snippet('aws', entry, place)).toContain('--port-range From=443,To=443');
  expect(snippet('terraform', entry, place)).toContain('resource "aws_network_acl_rule" "this"');
  expect(snippet('terraform', entry, place)).toContain('from_port');
});
