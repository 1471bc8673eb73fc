// Runs the benchmark that its argument names, written in TypeScript, on any Node.js that Vite runs on.
import { runnerImport } from 'vite';

const [name, ...options] = process.argv.slice(2);
const { module } = await runnerImport(new URL(`${name}.ts`, import.meta.url).pathname, { configFile: false });
await module.main(options);
