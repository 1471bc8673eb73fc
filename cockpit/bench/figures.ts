/** A figure that was measured many times: its median, and what holds the middle 80 % of it. */
export type Figure = { median: number; low: number; high: number };

export function figureOf(samples: readonly number[]): Figure {
  const sorted = samples.toSorted((one, other) => one - other);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function written(figure: Figure, unit = '', digits = 0): string {
  const [median, low, high] = [figure.median, figure.low, figure.high].map((it) => it.toFixed(digits));
  return `${`${median} ${unit}`.trim()} (${low} to ${high})`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Rows of text as a table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
