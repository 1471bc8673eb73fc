/** What the calls are asked with: the server refuses a parameter that it does not know. */
import { type Calls, type CreateSecurityGroupRuleRequest, OWN_CALLS } from './generated.ts';
import type { ActionName, Actions } from './actions.ts';
import type { CallName } from './schema.ts';

export type Request<N extends CallName> = Calls[N]['request'];

/** Traffic that a rule allows, and from or to whom: one rule, not several at once. */
export type RuleArguments = Omit<CreateSecurityGroupRuleRequest, 'Rules' | 'DryRun'> & { IpProtocol: string };

/** A call that is about to be made, or that is shown to be copied. */
export type Planned =
  | { [N in CallName]: { call: N; args: Request<N> } }[CallName]
  | { [N in ActionName]: { call: N; args: Actions[N] } }[ActionName];

export function pathOf(call: string): string {
  return `/${OWN_CALLS.includes(call) ? 'linkspan' : 'api'}/v1/${call}`;
}
