import type { Planned } from '../api/requests.ts';

/** A call that was made, with what it answered. */
export type Made = { call: string; answer: unknown };

/** What a call that is yet to be made will answer, as remedies name it too. */
const REFERENCE = /^<the (\w+) that (\w+) answers>$/;

/** Stands in a plan for what an earlier call of it answers: the field of that name, wherever in the answer it is. */
export function answerOf(call: Planned['call'], field: string): string {
  return `<the ${field} that ${call} answers>`;
}

export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** The call whose answer a text stands for; undefined where it stands for none. */
export function awaitedBy(text: string): string | undefined {
  return REFERENCE.exec(text)?.[2];
}

/** Arguments with what the calls before have answered in the place of what stood for it. */
export function filledIn(args: unknown, made: readonly Made[]): unknown {
  if (typeof args === 'string') {
    const [, field, call] = REFERENCE.exec(args) ?? [];
    return field === undefined || call === undefined ? args : told(field, call, made);
  }
  if (Array.isArray(args)) {
    return args.map((it) => filledIn(it, made));
  }
  return typeof args === 'object' && args !== null
    ? Object.fromEntries(Object.entries(args).map(([name, value]) => [name, filledIn(value, made)]))
    : args;
}

function told(field: string, call: string, made: readonly Made[]): string {
  const answer = made.findLast((it) => it.call === call)?.answer;
  const value = found(field, answer);
  if (value === undefined) {
    throw new Error(`BUG: no ${field} was answered by a ${call} before`);
  }
  return value;
}

function found(field: string, within: unknown): string | undefined {
  if (typeof within !== 'object' || within === null) {
    return undefined;
  }
  const own = (within as Record<string, unknown>)[field];
  if (typeof own === 'string') {
    return own;
  }
  return Object.values(within)
    .map((inner) => found(field, inner))
    .find((value) => value !== undefined);
}
