import { send } from '../api/client.ts';
import type { Session } from '../api/schema.ts';

/** What somebody signs in with. */
export type Credentials = { Email: string; Password: string } | { AccessKeyId: string; SecretKey: string };

const PATH = '/cockpit/session';
const OURS = { 'X-Linkspan-Cockpit': '1' };

export async function signIn(credentials: Credentials): Promise<Session> {
  return (await send('POST', PATH, OURS, credentials)) as Session;
}

/** The session that the cookie stands for. Its `Now` is the time of that Region. */
export async function currentSession(region?: string): Promise<Session> {
  const where = region === undefined ? {} : { 'X-Linkspan-Region': region };
  return (await send('GET', PATH, { ...OURS, ...where })) as Session;
}

export async function signOut(): Promise<void> {
  await send('DELETE', PATH, OURS);
}
