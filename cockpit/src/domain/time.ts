/** Times in words. All of them are the server's: its clock may be moved by hand (T1). */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long dead peerings are still shown (L3), in milliseconds. */
export const GRACE = HOUR;

/** How long a request may be answered (L2), in milliseconds. */
export const ANSWER_TIME = 7 * DAY;

function parts(milliseconds: number): [number, string][] {
  const units: [number, string][] = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ];
  let rest = milliseconds;
  return units.map(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return [count, name];
  });
}

/** A duration by its two largest units: `6 d 23 h`, `4 min 9 s`, `12 s`. */
export function duration(milliseconds: number): string {
  const all = parts(Math.max(0, milliseconds));
  const first = all.findIndex(([count]) => count > 0);
  if (first < 0) {
    return '0 s';
  }
  return all
    .slice(first, first + 2)
    .filter(([count], place) => place === 0 || count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(' ');
}

/** `3 min ago`, `in 2 d 4 h`, `just now`. */
export function relative(time: number, now: number): string {
  const distance = Math.abs(time - now);
  if (distance < 10 * SECOND) {
    return 'just now';
  }
  const first = parts(distance).find(([count]) => count > 0);
  const words = distance < MINUTE ? 'less than a minute' : `${first?.[0] ?? 0} ${first?.[1] ?? 's'}`;
  return time < now ? `${words} ago` : `in ${words}`;
}

/** How pressing a deadline is. */
export type Urgency = 'calm' | 'soon' | 'now';

export function urgency(left: number): Urgency {
  if (left < HOUR) {
    return 'now';
  }
  return left < DAY ? 'soon' : 'calm';
}

/** The exact time, as the API writes it but for people. */
export function exact(time: number): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
