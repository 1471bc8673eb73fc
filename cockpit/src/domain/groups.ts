import type { SecurityGroup, Vm } from '../api/schema.ts';

/** A security group, with how many machines of its Net are in it. */
export type GroupInUse = { group: SecurityGroup; machines: number };

/** A Net's groups, those that most of its machines use first. Where none runs, those that do not run count. */
export function groupsOf(netId: string, groups: readonly SecurityGroup[], vms: readonly Vm[]): GroupInUse[] {
  const there = vms.filter((vm) => vm.NetId === netId && vm.State !== 'terminated');
  const running = there.filter((vm) => vm.State === 'running');
  const counted = running.length > 0 ? running : there;
  return groups
    .filter((group) => group.NetId === netId)
    .map((group) => ({ group, machines: counted.filter((vm) => isIn(vm, group)).length }))
    .toSorted(
      (one, other) =>
        other.machines - one.machines ||
        one.group.SecurityGroupName.localeCompare(other.group.SecurityGroupName),
    );
}

function isIn(vm: Vm, group: SecurityGroup): boolean {
  return vm.SecurityGroups.some((it) => it.SecurityGroupId === group.SecurityGroupId);
}

/** The groups that a rule has to be in to reach the Net's machines: theirs, and `default` where there is no machine yet. */
export function groupsToOpen(all: readonly GroupInUse[]): SecurityGroup[] {
  const used = all.filter((it) => it.machines > 0);
  const chosen = used.length > 0 ? used : all.filter((it) => it.group.SecurityGroupName === 'default');
  return chosen.map((it) => it.group);
}
