// How much a browser loads before the first page shows, compressed; more than the limit is an error.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 300_000;
const site = new URL('../target/site/', import.meta.url).pathname;
const index = readFileSync(join(site, 'index.html'), 'utf8');
const first = [...index.matchAll(/(?:src|href)="\/cockpit\/([^"]+)"/g)].map((match) => match[1]);
const compressed = (file) => statSync(join(site, `${file}.gz`)).size;

let total = gzipSync(index).length;
for (const file of first) {
  total += compressed(file);
}
for (const file of readdirSync(join(site, 'assets')).filter((name) => !name.endsWith('.gz'))) {
  const when = first.includes(`assets/${file}`) ? 'at first' : 'when needed';
  console.log(
    `${(compressed(`assets/${file}`) / 1000).toFixed(1).padStart(8)} kB  ${when.padEnd(11)}  ${file}`,
  );
}
console.log(`${(total / 1000).toFixed(1)} kB compressed at first, of ${LIMIT / 1000} kB at most`);
process.exitCode = total <= LIMIT ? 0 : 1;
