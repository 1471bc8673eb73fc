import type { Tag } from '../api/schema.ts';

type Tagged = { Tags: readonly Tag[] };

/** The name that people gave a resource by the tag `Name`. */
export function nameOf(resource: Tagged | undefined): string | undefined {
  const name = resource?.Tags.find((tag) => tag.Key === 'Name')?.Value.trim();
  return name === '' ? undefined : name;
}

/** What a resource is called in a sentence or a list: its name, with its id where there is one. */
export function labelOf(id: string, resource: Tagged | undefined): string {
  const name = nameOf(resource);
  return name === undefined ? id : `${name} (${id})`;
}

/** Whose something is, in words. A name is what an account calls itself: the id, which nobody chooses, stands beside it. */
export function accountWords(id: string, name: string | undefined): string {
  return name === undefined ? `account ${id}` : `${name} (account ${id})`;
}

/** As the beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** So many of something: `1 Net`, `2 Nets`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A short form of an id, where there is no room for all of it. */
export function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, id.indexOf('-') + 1)}…${id.slice(-4)}` : id;
}
