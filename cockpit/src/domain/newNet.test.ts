import { expect, it } from 'vitest';
import { newNet } from './newNet.ts';

it('makes a Net alone, where nothing more is wanted', () => {
  expect(newNet({ range: '10.7.0.0/16', name: '', image: undefined })).toEqual([
    { call: 'CreateNet', args: { IpRange: '10.7.0.0/16' } },
  ]);
});

it('names it, and puts a Subnet and a machine into it', () => {
  const all = newNet({ range: '10.7.0.0/16', name: 'shop', image: 'ami-1' });
  expect(all.map((it) => it.call)).toEqual(['CreateNet', 'CreateTags', 'CreateSubnet', 'CreateVms']);
  expect(all[2]?.args).toEqual({ NetId: '<the NetId that CreateNet answers>', IpRange: '10.7.0.0/24' });
});

it('gives a Net that is smaller than a usual Subnet one that is as large as itself', () => {
  const all = newNet({ range: '10.7.0.0/28', name: '', image: 'ami-1' });
  expect(all[1]?.args).toMatchObject({ IpRange: '10.7.0.0/28' });
});
