import { useIdle } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { filledIn, type Made } from '../domain/plan.ts';
import { useSession } from '../session/SessionContext.ts';
import { change as act, isAction, readNetworkAcls } from './actions.ts';
import { ApiError, call, callByName } from './client.ts';
import type { Planned, Request } from './requests.ts';
import type { Answer, CallName, NetPeering, PeeringRequest, PeeringSummary } from './schema.ts';

const MOST_PER_PAGE = 1000;

/** The list calls, with the field of the answer that holds the list. */
const LISTS = {
  ReadNets: 'Nets',
  ReadSubnets: 'Subnets',
  ReadSubregions: 'Subregions',
  ReadNetPeerings: 'NetPeerings',
  ReadRouteTables: 'RouteTables',
  ReadSecurityGroups: 'SecurityGroups',
  ReadVms: 'Vms',
  ReadInternetServices: 'InternetServices',
  ReadNatServices: 'NatServices',
  ReadPublicIps: 'PublicIps',
  ReadPublicIpRanges: 'PublicIps',
  ReadImages: 'Images',
  ReadQuotas: 'QuotaTypes',
} as const satisfies Partial<Record<CallName, string>>;

type ListCall = keyof typeof LISTS;
type Items<N extends ListCall> = Answer<N>[(typeof LISTS)[N] & keyof Answer<N>];

/** Reads a list to its end, page by page. */
async function readAll<N extends ListCall>(name: N, region: string): Promise<Items<N>> {
  const all: unknown[] = [];
  let token: string | undefined;
  do {
    const args = { ResultsPerPage: MOST_PER_PAGE, ...(token === undefined ? {} : { NextPageToken: token }) };
    const page = (await callByName(name, args, region)) as Record<string, unknown>;
    all.push(...(page[LISTS[name]] as unknown[]));
    token = page.NextPageToken as string | undefined;
  } while (token !== undefined);
  return all as Items<N>;
}

/** A call that the server refuses is refused again the next time; one that did not arrive is worth another try. */
function worthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

function useList<N extends ListCall>(name: N) {
  const { region } = useSession();
  return useQuery({
    queryKey: [region, name],
    queryFn: () => readAll(name, region),
    retry: worthRetrying,
  });
}

export const useNets = () => useList('ReadNets');
export const useSubnets = () => useList('ReadSubnets');
export const useSubregions = () => useList('ReadSubregions');
export const usePeerings = () => useList('ReadNetPeerings');
export const useRouteTables = () => useList('ReadRouteTables');
export const useGroups = () => useList('ReadSecurityGroups');
export const useVms = () => useList('ReadVms');
export const useInternetServices = () => useList('ReadInternetServices');
export const useNatServices = () => useList('ReadNatServices');
export const usePublicIps = () => useList('ReadPublicIps');
export const usePublicIpRanges = () => useList('ReadPublicIpRanges');
export const useImages = () => useList('ReadImages');
export const useQuotas = () => useList('ReadQuotas');

/** The network ACLs, which the EC2 API alone has. */
export function useNetworkAcls() {
  const { region } = useSession();
  return useQuery({
    queryKey: [region, 'DescribeNetworkAcls'],
    queryFn: () => readNetworkAcls(region),
    retry: worthRetrying,
  });
}

/** One call's answer as it is. */
export function useAnswer<N extends CallName>(name: N, args: Request<N>, enabled = true) {
  const { region } = useSession();
  return useQuery({
    queryKey: [region, name, args],
    queryFn: () => call(name, args, region),
    retry: worthRetrying,
    enabled,
  });
}

/** What the other owners change on their sides is no event of this account: it is asked for again and again, in milliseconds. */
const PEERS_ASKED_EVERY = 5_000;

/** A page that nobody uses asks no more, so that its session ends in time. */
const UNUSED_AFTER = 15 * 60_000;

function usePeersAsked(): number | false {
  const unused = useIdle(UNUSED_AFTER, { initialState: false });
  return unused ? false : PEERS_ASKED_EVERY;
}

/** How a peering is, on both sides. */
export function useHealth(peering: string, enabled = true) {
  const { region } = useSession();
  const args = { NetPeeringId: peering };
  const refetchInterval = usePeersAsked();
  return useQuery({
    queryKey: [region, 'ReadPeeringHealth', args],
    queryFn: () => call('ReadPeeringHealth', args, region),
    retry: worthRetrying,
    refetchInterval,
    enabled,
  });
}

/** How many ids one call may ask about. */
const MOST_AT_ONCE = 1000;

/** Of the active ones among these peerings, what ReadPeeringSummaries tells, by id; nothing while it is not read. */
export function useSummaries(peerings: readonly NetPeering[]): ReadonlyMap<string, PeeringSummary> {
  const { region } = useSession();
  const ids = peerings
    .filter((peering) => peering.State.Name === 'active')
    .map((peering) => peering.NetPeeringId)
    .toSorted();
  const refetchInterval = usePeersAsked();
  const { data } = useQuery({
    queryKey: [region, 'ReadPeeringSummaries', ids],
    queryFn: () =>
      inParts(
        ids,
        async (NetPeeringIds) => (await call('ReadPeeringSummaries', { NetPeeringIds }, region)).Peerings,
      ),
    placeholderData: (before) => before,
    retry: worthRetrying,
    refetchInterval,
    enabled: ids.length > 0,
  });
  return useMemo(() => new Map(data?.map((it) => [it.NetPeeringId, it])), [data]);
}

async function inParts<T>(ids: readonly string[], read: (part: string[]) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    all.push(...(await read(ids.slice(from, from + MOST_AT_ONCE))));
  }
  return all;
}

/** Under which names peerings were asked for, and with what words, by id; nothing while it is not read. */
export function useRequests(peerings: readonly NetPeering[]): ReadonlyMap<string, PeeringRequest> {
  const { region } = useSession();
  const ids = peerings.map((peering) => peering.NetPeeringId).toSorted();
  const { data } = useQuery({
    queryKey: [region, 'ReadPeeringRequests', ids],
    queryFn: () =>
      inParts(
        ids,
        async (NetPeeringIds) => (await call('ReadPeeringRequests', { NetPeeringIds }, region)).Requests,
      ),
    placeholderData: (before) => before,
    retry: worthRetrying,
    enabled: ids.length > 0,
  });
  return useMemo(() => new Map(data?.map((it) => [it.NetPeeringId, it])), [data]);
}

/** One peering's, likewise. */
export function useRequest(peering: NetPeering): PeeringRequest | undefined {
  return useRequests([peering]).get(peering.NetPeeringId);
}

const EVENTS_PER_PAGE = 50;

/** The event log, the newest first, page by page. */
export function useEvents(asked: Pick<Request<'ReadEvents'>, 'Resource' | 'Types'>) {
  const { region } = useSession();
  return useInfiniteQuery({
    queryKey: [region, 'ReadEvents', 'pages', asked],
    queryFn: ({ pageParam: before }) =>
      call(
        'ReadEvents',
        {
          ...asked,
          Order: 'NewestFirst',
          ResultsPerPage: EVENTS_PER_PAGE,
          ...(before === undefined ? {} : { BeforeSequence: before }),
        },
        region,
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ HasMore, Events }) => (HasMore ? Events.at(-1)?.Sequence : undefined),
    retry: worthRetrying,
  });
}

/** What is to be changed: calls in their order, or what makes them by itself. */
export type Change = readonly Planned[] | (() => Promise<readonly unknown[]>);

/**
 * Makes calls that change something, one after the other, and has the Region read again. Ends at the first refusal. A call
 * may name what an earlier one answers.
 */
export function useChange() {
  const { region } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: Change) => {
      if (typeof change === 'function') {
        return change();
      }
      const made: Made[] = [];
      try {
        for (const { call: name, args } of change) {
          const filled = filledIn(args, made);
          const answer = isAction(name)
            ? await act(name, filled as object, region)
            : await callByName(name, filled, region);
          made.push({ call: name, answer });
        }
      } catch (error) {
        if (error instanceof ApiError) {
          error.after = made.map((it) => it.call);
        }
        throw error;
      }
      return made.map((it) => it.answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [region] }),
  });
}
