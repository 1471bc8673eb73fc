import { expect, it } from 'vitest';
import { group, vm } from './fixtures.ts';
import { groupsOf, groupsToOpen } from './groups.ts';

const groups = ['cache', 'db', 'default', 'web'].map((name) => group(name));
const machine = (id: string, state: string, ...names: string[]) => ({
  ...vm(id, 'vpc-a', state),
  SecurityGroups: names.map((name) => ({ SecurityGroupId: name, SecurityGroupName: name })),
});
const elsewhere = {
  ...machine('i-9', 'running', 'cache'),
  NetId: 'vpc-b',
};

function seen(...vms: Parameters<typeof groupsOf>[2]) {
  const all = groupsOf('vpc-a', groups, vms);
  return [
    all.map((it) => `${it.group.SecurityGroupName} ${it.machines}`),
    groupsToOpen(all).map((it) => it.SecurityGroupName),
  ];
}

it('puts the groups first that most machines are in, and proposes those that any is in', () => {
  expect(
    seen(
      machine('i-1', 'running', 'web'),
      machine('i-2', 'running', 'web', 'db'),
      machine('i-3', 'stopped', 'default'),
      machine('i-4', 'terminated', 'cache'),
      elsewhere,
    ),
  ).toEqual([
    ['web 2', 'db 1', 'cache 0', 'default 0'],
    ['web', 'db'],
  ]);
});

it('counts machines that do not run where none does', () => {
  expect(seen(machine('i-1', 'stopped', 'db'), machine('i-2', 'terminated', 'web'))[1]).toEqual(['db']);
});

it('proposes the group default to a Net without machines', () => {
  expect(seen(elsewhere)[1]).toEqual(['default']);
});
