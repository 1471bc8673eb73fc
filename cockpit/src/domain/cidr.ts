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

export function formatCidr({ address, length }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${octets.join('.')}/${length}`;
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

/** A private range for a new Net that none of the given ones overlaps. */
export function freeNetRange(taken: readonly string[]): string {
  for (let second = 0; second < 256; second += 1) {
    const range = `10.${second}.0.0/16`;
    if (!taken.some((it) => rangesOverlap(it, range))) {
      return range;
    }
  }
  return '10.0.0.0/16';
}

/** For sorting: by address, then by length. */
export function compareCidrs(one: string, other: string): number {
  const first = parseCidr(one);
  const second = parseCidr(other);
  if (first === undefined || second === undefined) {
    return one.localeCompare(other);
  }
  return first.address - second.address || first.length - second.length;
}
