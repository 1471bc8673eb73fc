import type { Planned } from '../api/requests.ts';
import { freeRange } from './cidr.ts';
import { answerOf } from './plan.ts';

/** A Net as somebody wants it. */
export type NewNet = {
  range: string;
  /** Empty for none. */
  name: string;
  /** What a first machine in it is made of; undefined where the Net is to stay empty. */
  image: string | undefined;
};

/** The calls that make a Net with its name and, where that is wanted, a Subnet and a machine: then it can be peered. */
export function newNet({ range, name, image }: NewNet): Planned[] {
  const NetId = answerOf('CreateNet', 'NetId');
  return [
    { call: 'CreateNet', args: { IpRange: range } },
    ...(name === ''
      ? []
      : [
          {
            call: 'CreateTags' as const,
            args: { ResourceIds: [NetId], Tags: [{ Key: 'Name', Value: name }] },
          },
        ]),
    ...(image === undefined
      ? []
      : [
          { call: 'CreateSubnet' as const, args: { NetId, IpRange: freeRange(range, []) ?? range } },
          {
            call: 'CreateVms' as const,
            args: { ImageId: image, SubnetId: answerOf('CreateSubnet', 'SubnetId') },
          },
        ]),
  ];
}
