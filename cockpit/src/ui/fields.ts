import { ApiError } from '../api/client.ts';

/** What a form asks for. The name is the API's parameter, by which a refusal finds its field. */
export type Field = {
  name: string;
  label: string;
  /** What is chosen of `several` is one text, which `selected` takes apart; a `checkbox` is {@link YES} or empty. */
  kind: 'text' | 'select' | 'several' | 'textarea' | 'password' | 'checkbox';
  hint?: string;
  placeholder?: string;
  /** What can be chosen; it may depend on what else is. */
  options?: Options | ((all: Values) => Options);
  optional?: boolean;
  /** What a browser may offer for it; nothing unless it is said. */
  autoComplete?: string;
  initial?: string;
  /** What is filled in as long as nothing else was typed; it depends on what else is chosen. */
  offer?: (all: Values) => string;
  /** What is wrong with a value, in words. */
  problem?: (value: string, all: Values) => string | undefined;
  /** What somebody should know about a value that is accepted all the same. */
  warning?: (value: string, all: Values) => string | undefined;
};

export type Options = readonly { value: string; label: string }[];

export type Values = Readonly<Record<string, string>>;

/** The value of a checkbox that is ticked. */
export const YES = 'yes';

/** The text that stands for what is chosen of several options; the values are ids, without spaces. */
export function selection(values: readonly string[]): string {
  return values.join(' ');
}

export function selected(text: string): string[] {
  return text.split(' ').filter((value) => value !== '');
}

export function optionsOf(field: Field, values: Values): Options {
  return typeof field.options === 'function' ? field.options(values) : (field.options ?? []);
}

export function initialValues(fields: readonly Field[]): Values {
  const initial = Object.fromEntries(fields.map((field) => [field.name, field.initial ?? '']));
  return { ...initial, ...offered(fields, initial) };
}

function offered(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(fields.flatMap(({ name, offer }) => (offer ? [[name, offer(values)]] : [])));
}

/** The values after one was changed: what is offered for others follows it, where nothing else was typed. */
export function edited(fields: readonly Field[], values: Values, name: string, value: string): Values {
  const next = { ...values, [name]: value };
  const before = offered(fields, values);
  const untouched = Object.entries(offered(fields, next)).filter(
    ([other]) => other !== name && values[other] === before[other],
  );
  return { ...next, ...Object.fromEntries(untouched) };
}

/** What keeps a form from being sent, by field. */
export function problems(fields: readonly Field[], values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of fields) {
    const typed = values[field.name] ?? '';
    const value = field.kind === 'password' ? typed : typed.trim();
    const wrong = value === '' ? emptyProblem(field) : field.problem?.(value, values);
    if (wrong !== undefined) {
      found[field.name] = wrong;
    }
  }
  return found;
}

function emptyProblem(field: Field): string | undefined {
  if (field.optional) {
    return undefined;
  }
  switch (field.kind) {
    case 'select':
      return 'Choose one.';
    case 'several':
      return 'Choose at least one.';
    case 'text':
    case 'textarea':
    case 'password':
      return 'This is needed.';
    case 'checkbox':
      return undefined;
  }
}

/** The field that a refusal speaks of: the first whose parameter the server's sentence names. */
export function fieldOf(error: unknown, fields: readonly Field[]): string | undefined {
  if (!(error instanceof ApiError)) {
    return undefined;
  }
  const words = new Set(error.message.match(/[A-Z][A-Za-z]+/g) ?? []);
  return fields.find((field) => words.has(field.name))?.name;
}
