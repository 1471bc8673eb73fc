import { expect, it } from 'vitest';
import { answerOf, filledIn, isReference } from './plan.ts';

const MADE = [
  { call: 'CreateNet', answer: { Net: { NetId: 'vpc-1', Tags: [] } } },
  { call: 'CreateVms', answer: { Vms: [{ VmId: 'i-1' }] } },
];

it('puts what earlier calls answered in the place that waits for it, also in lists', () => {
  const args = {
    NetId: answerOf('CreateNet', 'NetId'),
    ResourceIds: [answerOf('CreateVms', 'VmId'), 'sg-1'],
    Port: 80,
  };
  expect(filledIn(args, MADE)).toEqual({ NetId: 'vpc-1', ResourceIds: ['i-1', 'sg-1'], Port: 80 });
});

it('takes the last of several calls of that name', () => {
  const again = [...MADE, { call: 'CreateNet', answer: { Net: { NetId: 'vpc-2' } } }];
  expect(filledIn(answerOf('CreateNet', 'NetId'), again)).toBe('vpc-2');
});

it('never makes a call with what nobody answered', () => {
  expect(() => filledIn(answerOf('CreateSubnet', 'SubnetId'), MADE)).toThrow('SubnetId');
});

it('tells what waits for an answer from what somebody typed', () => {
  expect(isReference(answerOf('CreateNetPeering', 'NetPeeringId'))).toBe(true);
  expect(isReference('<the route table of the Subnet of 10.0.0.4>')).toBe(false);
});
