import type { Rule } from '../api/schema.ts';

type Traffic = Pick<Rule, 'IpProtocol' | 'FromPortRange' | 'ToPortRange'>;

/** The traffic of a rule in words: `all traffic`, `tcp 443`, `tcp 8000 to 8080`, `icmp, type 8`. */
export function trafficWords({ IpProtocol, FromPortRange, ToPortRange }: Traffic): string {
  if (IpProtocol === '-1') {
    return 'all traffic';
  }
  if (FromPortRange === -1) {
    return `all ${IpProtocol}`;
  }
  if (IpProtocol === 'icmp') {
    return FromPortRange === 8 ? 'icmp echo (ping)' : `icmp, type ${FromPortRange}`;
  }
  return FromPortRange === ToPortRange
    ? `${IpProtocol} ${FromPortRange}`
    : `${IpProtocol} ${FromPortRange} to ${ToPortRange}`;
}

/** Reads ports as people write them: `443`, `8000-8080`, or nothing for all of them. */
export function parsePorts(text: string): { from: number; to: number } | undefined {
  const given = text.trim();
  if (given === '') {
    return { from: -1, to: -1 };
  }
  const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(given);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  return match !== null && from <= to && to <= 65535 ? { from, to } : undefined;
}
