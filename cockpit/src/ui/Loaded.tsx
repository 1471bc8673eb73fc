import { Button, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Refused } from './Refused.tsx';

type Query<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** What is shown of an answer while it is on the way, where it did not come, and when it is there. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.error !== null && query.error !== undefined) {
    return (
      <Stack align="start">
        <Refused error={query.error} title="This could not be read" />
        <Button variant="default" onClick={() => query.refetch()}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      <Skeleton h={40} />
      <Skeleton h={40} />
      <Skeleton h={40} />
    </Stack>
  );
}

/** Several answers as one, there when all of them are. */
export function together<A, B, C = undefined, D = undefined>(
  a: Query<A>,
  b: Query<B>,
  c?: Query<C>,
  d?: Query<D>,
): Query<{ a: A; b: B; c: C; d: D }> {
  const all = [a, b, c, d].filter((it) => it !== undefined);
  const complete = all.every((it) => it.data !== undefined);
  return {
    data: complete ? { a: a.data as A, b: b.data as B, c: c?.data as C, d: d?.data as D } : undefined,
    error: all.find((it) => it.data === undefined && it.error)?.error,
    refetch: () => all.forEach((it) => it.refetch()),
  };
}
