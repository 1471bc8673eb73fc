/** The server's description of its calls, as the judge of every answer that a page gets. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = { [key: string]: Json };
type Operation = { responses: { 200: { content: { 'application/json'?: { schema: Json } } } } };
type Description = { paths: Record<string, Record<string, Operation>> };

const FILE = new URL('../../docs/openapi.json', import.meta.url);
const NAME = 'openapi.json';

const description = JSON.parse(readFileSync(FILE, 'utf8'), close) as Description;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(description, NAME);

/** Takes the description at its word: a field that it does not have is a fault. */
function close(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'properties' in value
    ? { ...value, additionalProperties: false }
    : value;
}

/** Whether this is a call that answers JSON. */
export function isDescribed(method: string, path: string): boolean {
  const operation = description.paths[path]?.[method.toLowerCase()];
  return operation?.responses[200].content['application/json'] !== undefined;
}

/** What is wrong with the answer of a call that is described, in words; empty where all is well. */
export function faultsOf(method: string, path: string, body: unknown): string[] {
  const pointer = [path, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema']
    .map((part) => part.replaceAll('/', '~1'))
    .join('/');
  const validate = ajv.getSchema(`${NAME}#/paths/${pointer}`) as ValidateFunction;
  return validate(body)
    ? []
    : (validate.errors ?? []).map((it) => `${it.instancePath}: ${it.message} ${JSON.stringify(it.params)}`);
}
