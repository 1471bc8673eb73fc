/** IPv4 ranges: the checks that a form makes before it asks the server, which decides. */

export type Cidr = { readonly address: number; readonly length: number };

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

export function parseAddress(text: string): number | undefined {
  return ADDRESS.test(text)
    ? text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
    : undefined;
}

export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...more] = text.split('/');
  const number = parseAddress(address ?? '');
  if (
    number === undefined ||
    length === undefined ||
    more.length > 0 ||
    !/^(?:[12]?\d|3[0-2])$/.test(length)
  ) {
    return undefined;
  }
  return { address: number, length: Number(length) };
}

/** How many addresses a range of that prefix length has. */
export function size(length: number): number {
  return 2 ** (32 - length);
}

function networkOf({ address, length }: Cidr): number {
  return address - (address % size(length));
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function formatCidr({ address, length }: Cidr): string {
  return `${formatAddress(address)}/${length}`;
}

/** Whether one of the two contains the other, which is the only way in which ranges overlap. */
export function overlap(one: Cidr, other: Cidr): boolean {
  const shorter = Math.min(one.length, other.length);
  return (
    networkOf({ address: one.address, length: shorter }) ===
    networkOf({ address: other.address, length: shorter })
  );
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.length <= inner.length && overlap(outer, inner);
}

/** Whether two ranges given as text overlap; text that is no range overlaps nothing. */
export function rangesOverlap(one: string, other: string): boolean {
  const first = parseCidr(one);
  const second = parseCidr(other);
  return first !== undefined && second !== undefined && overlap(first, second);
}

/** What is wrong with a range that somebody typed, in words. */
export function cidrProblem(text: string, shortest = 0, longest = 32): string | undefined {
  const cidr = parseCidr(text.trim());
  if (cidr === undefined) {
    return 'An IPv4 range such as 10.0.0.0/16 is expected.';
  }
  if (cidr.address !== networkOf(cidr)) {
    return `Host bits are set: did you mean ${formatCidr({ address: networkOf(cidr), length: cidr.length })}?`;
  }
  if (cidr.length < shortest || cidr.length > longest) {
    return `A size within /${shortest} to /${longest} is expected.`;
  }
  return undefined;
}

/** The range of a new Subnet must be a free part of its Net's. */
export function subnetProblem(text: string, net: string, taken: readonly string[]): string | undefined {
  const wrong = cidrProblem(text, 16, 29);
  if (wrong !== undefined) {
    return wrong;
  }
  const range = parseCidr(text.trim());
  const outer = parseCidr(net);
  if (range === undefined || outer === undefined || !contains(outer, range)) {
    return `It must lie within the Net's range ${net}.`;
  }
  const other = taken.find((it) => rangesOverlap(it, text.trim()));
  return other === undefined ? undefined : `It overlaps the Subnet ${other}.`;
}

/** The first free range of the wanted size inside a Net, to be proposed for its next Subnet. */
export function freeRange(net: string, taken: readonly string[], wanted = 24): string | undefined {
  const outer = parseCidr(net);
  if (outer === undefined) {
    return undefined;
  }
  const length = Math.min(29, Math.max(wanted, outer.length));
  const end = networkOf(outer) + size(outer.length);
  for (let address = networkOf(outer); address < end; address += size(length)) {
    const range = formatCidr({ address, length });
    if (!taken.some((it) => rangesOverlap(it, range))) {
      return range;
    }
  }
  return undefined;
}

/**
 * A private range for a new Net that none of the given ones overlaps. Each account begins at a place of its own, so that two
 * who never heard of each other are seldom proposed the same, and can be peered one day.
 */
export function freeNetRange(taken: readonly string[], account: string): string {
  const first = placeOf(account);
  const ranges = Array.from({ length: 256 }, (_, next) => `10.${(first + next) % 256}.0.0/16`);
  const free = ranges.find((range) => !taken.some((it) => rangesOverlap(it, range)));
  return free ?? ranges[0] ?? '';
}

/** A number from 0 to 255 that ids which differ in any digit share no more often than by chance (FNV-1a). */
function placeOf(id: string): number {
  const hash = [...id].reduce(
    (sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 255;
}

/** Addresses that nobody has on the Internet: RFC 1918, and what RFC 6598 sets aside for carriers. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

export function isPrivate(range: string): boolean {
  const inner = parseCidr(range);
  return PRIVATE.some((text) => {
    const outer = parseCidr(text);
    return inner !== undefined && outer !== undefined && contains(outer, inner);
  });
}

/** What somebody should know who chooses this range for a Net; `known` are the ranges of their Nets and of their peers. */
export function netRangeWarning(text: string, known: readonly string[]): string | undefined {
  const range = text.trim();
  if (parseCidr(range) === undefined) {
    return undefined;
  }
  const other = known.find((it) => rangesOverlap(it, range));
  if (other !== undefined) {
    return `It overlaps ${other}, which you have or are peered with: the two can never be peered.`;
  }
  return isPrivate(range)
    ? undefined
    : `These addresses are somebody’s on the Internet, whom machines in this Net could not reach. Private are ${PRIVATE.join(', ')}.`;
}

/** The address that the first machine of a Net usually has, as the first free one of a Subnet at the Net's beginning. */
export function firstMachine(range: string): string {
  const cidr = parseCidr(range);
  return cidr === undefined ? '' : formatAddress(networkOf(cidr) + RESERVED);
}

/** So many addresses at the beginning of a Subnet are no machine's. */
const RESERVED = 4;

/** For sorting: by address, then by length. */
export function compareCidrs(one: string, other: string): number {
  const first = parseCidr(one);
  const second = parseCidr(other);
  if (first === undefined || second === undefined) {
    return one.localeCompare(other);
  }
  return first.address - second.address || first.length - second.length;
}
