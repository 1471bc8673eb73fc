import { expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { edited, type Field, fieldOf, initialValues, problems, selected, selection } from './fields.ts';

const fields: readonly Field[] = [
  {
    name: 'IpRange',
    label: 'Range',
    kind: 'text',
    problem: (text) => (text === 'bad' ? 'It is bad.' : undefined),
  },
  { name: 'SubregionName', label: 'Subregion', kind: 'select', optional: true },
  { name: 'ImageId', label: 'Image', kind: 'select' },
  { name: 'SecurityGroupIds', label: 'Groups', kind: 'several' },
];

it('says what is missing and what is wrong, by field', () => {
  expect(problems(fields, { IpRange: 'bad', SubregionName: '', ImageId: '' })).toEqual({
    IpRange: 'It is bad.',
    ImageId: 'Choose one.',
    SecurityGroupIds: 'Choose at least one.',
  });
  expect(problems(fields, { IpRange: ' ', ImageId: 'ami-1', SecurityGroupIds: 'sg-1' })).toEqual({
    IpRange: 'This is needed.',
  });
});

it('finds the field that a refusal speaks of', () => {
  const refusal = (details: string) => fieldOf(new ApiError(400, '4047', details), fields);
  expect(refusal(`The SubregionName 'x' doesn't exist.`)).toBe('SubregionName');
  expect(refusal('The quota is reached.')).toBeUndefined();
  expect(fieldOf(new Error('IpRange'), fields)).toBeUndefined();
});

it('keeps what is chosen of several', () => {
  expect(selected(selection(['sg-1', 'sg-2']))).toEqual(['sg-1', 'sg-2']);
  expect(selected(selection([]))).toEqual([]);
});

it('fills in what is offered for a choice until something else is typed', () => {
  const route: readonly Field[] = [
    { name: 'Target', label: 'Leads to', kind: 'select', initial: 'pcx-1' },
    {
      name: 'Destination',
      label: 'Destination',
      kind: 'text',
      offer: ({ Target }) => (Target === 'pcx-1' ? '10.1.0.0/16' : '0.0.0.0/0'),
    },
  ];
  const first = initialValues(route);
  expect(first).toEqual({ Target: 'pcx-1', Destination: '10.1.0.0/16' });
  const chosen = edited(route, first, 'Target', 'igw-1');
  expect(chosen).toEqual({ Target: 'igw-1', Destination: '0.0.0.0/0' });
  const typed = edited(route, chosen, 'Destination', '8.0.0.0/8');
  expect(edited(route, typed, 'Target', 'pcx-1')).toEqual({ Target: 'pcx-1', Destination: '8.0.0.0/8' });
});
