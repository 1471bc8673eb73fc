// Writes the types of the API's calls from the description that the server gives of them (docs/openapi.json): those that
// an account may make. The operator's are none of Cockpit's business.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';

const DESCRIPTION = new URL('../../docs/openapi.json', import.meta.url);
const TYPES = new URL('../src/api/generated.ts', import.meta.url);
const OWN = '/linkspan/v1/';

const { paths, components } = JSON.parse(
  readFileSync(DESCRIPTION, 'utf8').replaceAll('#/components/schemas/', '#/$defs/'),
);

const mayBeMadeByAccounts = ({ security }) =>
  security.some((scheme) => 'Signature' in scheme || Object.keys(scheme).length === 0);
const schemaOf = ({ content }) => content['application/json'].schema;
const object = (properties) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const calls = Object.entries(paths)
  .filter(([path, { post }]) => !path.startsWith('/cockpit/') && mayBeMadeByAccounts(post))
  .map(([path, { post }]) => ({ path, name: post.operationId, operation: post }));

const root = object(
  Object.fromEntries(
    calls.map(({ name, operation }) => [
      name,
      object({ request: schemaOf(operation.requestBody), answer: schemaOf(operation.responses[200]) }),
    ]),
  ),
);
const session = schemaOf(paths['/cockpit/session'].get.responses[200]);
const types = await compile(
  { ...object({ calls: { ...root, title: 'Calls' }, session }), $defs: components.schemas },
  'Described',
  { additionalProperties: false, bannerComment: '', ignoreMinAndMaxItems: true },
);
const own = calls.filter(({ path }) => path.startsWith(OWN)).map(({ name }) => `'${name}'`);

const eventTypes = components.schemas.Event.properties.Type.enum.map((type) => `'${type}'`);

const written = `// Written by \`npm run generate\` from docs/openapi.json.\n\n${types}
/** Linkspan's own calls, beside those of the OUTSCALE API. */
export const OWN_CALLS: readonly string[] = [${own.join(', ')}];

/** What can happen, as events name it. */
export const EVENT_TYPES: readonly Event['Type'][] = [${eventTypes.join(', ')}];
`;

// Left as it is where nothing changed, so that nobody builds again for it.
if (!existsSync(TYPES) || readFileSync(TYPES, 'utf8') !== written) {
  writeFileSync(TYPES, written);
}
