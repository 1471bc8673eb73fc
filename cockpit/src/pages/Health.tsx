import { ApiError } from '../api/client.ts';
import { Empty } from '../ui/Page.tsx';
import { Loaded } from '../ui/Loaded.tsx';

/** Placeholder shape until known. */
export type PeeringHealth = Record<string, unknown>;

type Query = { data: PeeringHealth | undefined; error: unknown; refetch: () => unknown };

export function Health({ query }: { query: Query }) {
  if (query.error instanceof ApiError && query.error.unknownCall) {
    return <Empty title="Not told by this server">It has no ReadPeeringHealth.</Empty>;
  }
  return <Loaded query={query}>{(health) => <pre>{JSON.stringify(health, null, 2)}</pre>}</Loaded>;
}
