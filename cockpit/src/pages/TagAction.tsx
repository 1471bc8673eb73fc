import type { Planned } from '../api/requests.ts';
import type { Tag } from '../api/schema.ts';
import { Action } from '../ui/Action.tsx';
import type { Field } from '../ui/fields.ts';

const FIELDS: readonly Field[] = [
  {
    name: 'Key',
    label: 'Key',
    kind: 'text',
    initial: 'Name',
    hint: 'The tag Name is what is shown as the name.',
  },
  { name: 'Value', label: 'Value', kind: 'text', optional: true },
];

/** Sets a tag, or removes one. */
export function TagAction({
  id,
  tags,
  small = false,
}: {
  id: string;
  tags: readonly Tag[];
  small?: boolean;
}) {
  return (
    <>
      <Action
        small={small}
        label="Set a tag"
        title={`Set a tag of ${id}`}
        fields={FIELDS}
        plan={({ Key = '', Value = '' }) => [
          {
            call: 'CreateTags',
            args: { ResourceIds: [id], Tags: [{ Key: Key.trim(), Value: Value.trim() }] },
          },
        ]}
      />
      {tags.length > 0 && (
        <Action
          small={small}
          label="Remove a tag"
          title={`Remove a tag of ${id}`}
          fields={[
            {
              name: 'Key',
              label: 'Tag',
              kind: 'select',
              options: tags.map((tag) => ({ value: tag.Key, label: `${tag.Key}: ${tag.Value}` })),
            },
          ]}
          plan={({ Key }): Planned[] => [
            { call: 'DeleteTags', args: { ResourceIds: [id], Tags: tags.filter((tag) => tag.Key === Key) } },
          ]}
        />
      )}
    </>
  );
}
