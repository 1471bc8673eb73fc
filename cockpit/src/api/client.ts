import { gate } from '../session/gate.ts';
import { pathOf, type Request } from './requests.ts';
import type { Answer, CallName } from './schema.ts';

/** What a call was refused with: the API's own words, or that nobody answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** The calls of the same change that were made before this one was refused. */
  after: readonly string[] = [];

  constructor(status: number, code: string, details: string, requestId?: string) {
    super(details);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }

  /** Whether the server does not know the call at all. */
  get unknownCall(): boolean {
    return this.code === '12000';
  }
}

type ErrorBody = {
  Errors?: { Code: string; Details: string }[];
  ResponseContext?: { RequestId?: string };
};

/** Sends a request to the server that this page came from, and reads the JSON that it answers. */
export async function send(
  method: string,
  path: string,
  headers: HeadersInit,
  body?: unknown,
): Promise<unknown> {
  const response = await reach(path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    return answer;
  }
  const { Errors, ResponseContext } = (answer ?? {}) as ErrorBody;
  const first = Errors?.[0];
  throw new ApiError(
    response.status,
    first?.Code ?? '',
    first?.Details ?? `The server answered with status ${response.status}.`,
    ResponseContext?.RequestId,
  );
}

export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(
      0,
      '',
      'The server cannot be reached. It may be restarting; nothing was changed here.',
    );
  }
}

/**
 * Makes one of the public API's calls, with the session as its credential. Where the session is over, it waits until
 * somebody has signed in again on this page, and then makes the call: nothing that was typed is lost.
 */
export async function callByName(name: string, args: unknown, region: string): Promise<unknown> {
  return whileSignedIn(() =>
    send('POST', pathOf(name), { 'X-Linkspan-Cockpit': '1', 'X-Linkspan-Region': region }, args),
  );
}

/** Asks, and asks again after a renewal, as long as the session is over. */
export async function whileSignedIn<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      // A 401 with code 4 is about the right to do this (E), not about the session.
      if (!(error instanceof ApiError) || error.status !== 401 || error.code === '4') {
        throw error;
      }
      await gate.renewal();
    }
  }
}

export function call<N extends CallName>(name: N, args: Request<N>, region: string): Promise<Answer<N>> {
  return callByName(name, args, region) as Promise<Answer<N>>;
}
