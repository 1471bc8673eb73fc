import { Button, Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { useChange } from '../api/queries.ts';
import type { Planned } from '../api/requests.ts';
import { Calls } from './Code.tsx';
import { Dialog } from './Dialog.tsx';
import { Refused } from './Refused.tsx';
import {
  type Field,
  fieldOf,
  initialValues,
  type Options,
  optionsOf,
  problems,
  selected,
  selection,
  type Values,
} from './fields.ts';
import classes from './ui.module.css';

type Props = {
  label: string;
  /** What is about to happen, as the dialog's heading. */
  title: string;
  confirm?: string;
  fields?: readonly Field[];
  /** The calls, from what was typed. It is asked for only where nothing is wrong with the fields. */
  plan: (values: Values) => readonly Planned[];
  onDone?: (answers: readonly unknown[]) => void;
  children?: ReactNode;
  danger?: boolean;
  primary?: boolean;
  small?: boolean;
  /** What a screen reader says of the button, where the label alone does not tell what it is about. */
  about?: string;
};

const NO_FIELDS: readonly Field[] = [];

/** A button for a change: it asks for what is needed, shows the calls that it makes, and makes them. */
export function Action(props: Props) {
  const [opened, setOpened] = useState(false);
  const { label, title, danger = false, primary = false, small = false, about } = props;
  return (
    <>
      <Button
        onClick={() => setOpened(true)}
        aria-haspopup="dialog"
        variant={primary ? 'filled' : 'default'}
        size={small ? 'compact-sm' : 'sm'}
        {...(danger && { color: 'red', variant: 'outline' })}
        {...(about !== undefined && { 'aria-label': `${label} ${about}` })}
      >
        {label}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={title}>
        <ActionForm {...props} close={() => setOpened(false)} />
      </Dialog>
    </>
  );
}

function ActionForm({
  label,
  confirm = label,
  fields = NO_FIELDS,
  plan,
  onDone,
  children,
  danger = false,
  close,
}: Props & { close: () => void }) {
  const [values, setValues] = useState(() => initialValues(fields));
  const [tried, setTried] = useState(false);
  const change = useChange();
  const wrong = problems(fields, values);
  const complete = Object.keys(wrong).length === 0;
  const refusedField = fieldOf(change.error, fields);

  // Awaited here, as what is read again after the change may take this form off the page before its answer is looked at.
  const make = async () => {
    try {
      const answers = await change.mutateAsync(plan(values));
      close();
      onDone?.(answers);
    } catch {
      // The form shows why, by the mutation's error.
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (complete) {
      void make();
    }
  };
  const edit = (name: string, value: string) => {
    change.reset();
    setValues({ ...values, [name]: value });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {children}
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            options={optionsOf(field, values)}
            value={values[field.name] ?? ''}
            onChange={(value) => edit(field.name, value)}
            error={
              refusedField === field.name
                ? change.error?.message
                : tried || (values[field.name] !== '' && values[field.name] !== field.initial)
                  ? wrong[field.name]
                  : undefined
            }
          />
        ))}
        {change.error !== null && <Refused error={change.error} title="It was refused" />}
        {complete && <Disclosed planned={plan(values)} />}
        <Button type="submit" loading={change.isPending} {...(danger && { color: 'red' })}>
          {confirm}
        </Button>
      </Stack>
    </form>
  );
}

/** The calls behind an action, shown below it when asked for. */
export function Disclosed({ planned, children }: { planned: readonly Planned[]; children?: ReactNode }) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <div className={classes.disclosed}>
      <div className={classes.actions}>
        {children}
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={shown}
          aria-controls={id}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'} the API {planned.length === 1 ? 'call' : 'calls'}
        </Button>
      </div>
      <div id={id} hidden={!shown}>
        {shown && <Calls planned={planned} />}
      </div>
    </div>
  );
}

function FieldInput({
  field,
  options,
  value,
  onChange,
  error,
}: {
  field: Field;
  options: Options;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  const common = {
    label: field.label,
    description: field.hint,
    placeholder: field.placeholder,
    required: !(field.optional ?? false),
    value,
    error,
  };
  if (field.kind === 'select') {
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: field.optional ? 'None' : 'Choose…' }, ...options]}
        onChange={(change) => onChange(change.currentTarget.value)}
      />
    );
  }
  if (field.kind === 'several') {
    return (
      <Checkbox.Group
        {...common}
        value={selected(value)}
        onChange={(chosen) =>
          onChange(selection(options.map((it) => it.value).filter((it) => chosen.includes(it))))
        }
      >
        <Stack gap="xs" my={6} className={classes.options}>
          {options.map((it) => (
            <Checkbox key={it.value} value={it.value} label={it.label} />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  }
  return field.kind === 'textarea' ? (
    <Textarea {...common} autosize minRows={2} onChange={(change) => onChange(change.currentTarget.value)} />
  ) : (
    <TextInput {...common} autoComplete="off" onChange={(change) => onChange(change.currentTarget.value)} />
  );
}
