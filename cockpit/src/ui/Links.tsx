import { Link } from 'wouter';
import type { Side, Tag } from '../api/schema.ts';
import { accountWords, labelOf, nameOf } from '../domain/names.ts';
import { useSession } from '../session/SessionContext.ts';
import { Copyable } from './Copyable.tsx';
import classes from './ui.module.css';

type Tagged = { Tags: readonly Tag[] };

/** Where a resource's page is, by the kind that its id tells. */
const PAGES: readonly [string, string][] = [
  ['vpc-', '/nets/'],
  ['pcx-', '/peerings/'],
  ['rtb-', '/route-tables/'],
  ['sg-', '/security-groups/'],
  ['acl-', '/network-acls/'],
  ['i-', '/vms/'],
  ['igw-', '/internet-services/'],
  ['nat-', '/nat-services/'],
  ['eipalloc-', '/public-ips/'],
];

export function pathOfPeering(id: string): string {
  return `/peerings/${id}`;
}

export function pathOfId(id: string): string | undefined {
  const page = PAGES.find(([prefix]) => id.startsWith(prefix));
  return page === undefined ? undefined : page[1] + id;
}

/** A resource's name, which leads to its page, and its id. */
export function ResourceLink({ id, resource }: { id: string; resource?: Tagged | undefined }) {
  const path = pathOfId(id);
  const label = labelOf(id, resource);
  const named = label !== id;
  return path === undefined ? (
    <Copyable text={id} />
  ) : (
    <Link href={path} className={`${classes.link} ${named ? '' : classes.whole}`}>
      {label}
    </Link>
  );
}

const NO_NETS: readonly ({ NetId: string } & Tagged)[] = [];

/** One side of a peering: its range, its Net and whose it is. */
export function SideView({
  side,
  nets = NO_NETS,
  name,
}: {
  side: Side;
  /** What its owner calls itself. */
  name?: string | undefined;
  nets?: readonly ({ NetId: string } & Tagged)[];
}) {
  const { account } = useSession();
  const mine = side.AccountId === account;
  const net = nets.find((it) => it.NetId === side.NetId);
  return (
    <div>
      <strong>{side.IpRange}</strong>
      <div className={classes.small}>
        {mine && net !== undefined ? (
          <Link href={`/nets/${side.NetId}`} className={classes.link} title={side.NetId}>
            {nameOf(net) ?? side.NetId}
          </Link>
        ) : (
          <Copyable text={side.NetId} />
        )}
      </div>
      <div className={`${classes.small} ${classes.quiet}`}>
        {mine ? 'yours' : accountWords(side.AccountId, name)}
      </div>
    </div>
  );
}

export function Tags({ tags }: { tags: readonly Tag[] }) {
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '0.25rem' }}>
      {tags.map((tag) => (
        <span key={tag.Key} className={classes.tag}>
          {tag.Key}
          {tag.Value === '' ? '' : `: ${tag.Value}`}
        </span>
      ))}
    </span>
  );
}
