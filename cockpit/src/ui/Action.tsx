import {
  Button,
  Checkbox,
  NativeSelect,
  PasswordInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { type Change, useChange } from '../api/queries.ts';
import type { Planned } from '../api/requests.ts';
import { Calls } from './Code.tsx';
import { Dialog } from './Dialog.tsx';
import { Refused } from './Refused.tsx';
import {
  edited,
  type Field,
  fieldOf,
  initialValues,
  type Options,
  optionsOf,
  problems,
  selected,
  selection,
  type Values,
  YES,
} from './fields.ts';
import classes from './ui.module.css';

type Props = {
  label: string;
  /** What is about to happen, as the dialog's heading. */
  title: string;
  confirm?: string;
  fields?: readonly Field[];
  /**
   * The calls, from what was typed, or what makes them by itself: that is not shown, for what holds a secret. It is asked
   * for only where nothing is wrong with the fields.
   */
  plan: (values: Values) => Change;
  onDone?: (answers: readonly unknown[]) => void;
  children?: ReactNode;
  danger?: boolean;
  primary?: boolean;
  small?: boolean;
  /** What a screen reader says of the button, where the label alone does not tell what it is about. */
  about?: string;
  /** Shown as a switch that is on or off, and not as a button; `about` is its name then. */
  on?: boolean;
};

const NO_FIELDS: readonly Field[] = [];

/** A button for a change: it asks for what is needed, shows the calls that it makes, and makes them. */
export function Action(props: Props) {
  const [opened, setOpened] = useState(false);
  const { label, title, danger = false, primary = false, small = false, about, on } = props;
  return (
    <>
      {on === undefined ? (
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
      ) : (
        <Switch checked={on} onChange={() => setOpened(true)} aria-label={about ?? label} />
      )}
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
  // What was done already would be done twice by another try.
  const done = change.error instanceof ApiError ? change.error.after : [];

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
    setValues(edited(fields, values, name, value));
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
            warning={
              wrong[field.name] === undefined ? field.warning?.(values[field.name] ?? '', values) : undefined
            }
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
        {done.length > 0 ? (
          <>
            <Text size="sm">Before that was done: {done.join(', ')}.</Text>
            <Button onClick={close}>Close</Button>
          </>
        ) : (
          <>
            {complete && <DisclosedChange change={plan(values)} />}
            <Button type="submit" loading={change.isPending} {...(danger && { color: 'red' })}>
              {confirm}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}

function DisclosedChange({ change }: { change: Change }) {
  return typeof change === 'function' ? null : <Disclosed planned={change} />;
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
  warning,
}: {
  field: Field;
  options: Options;
  warning: string | undefined;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  const common = {
    label: field.label,
    description: <Hint text={field.hint} warning={warning} />,
    placeholder: field.placeholder,
    required: !(field.optional ?? false),
    value,
    error,
  };
  if (field.kind === 'checkbox') {
    return (
      <Checkbox
        label={field.label}
        description={field.hint}
        checked={value === YES}
        onChange={(change) => onChange(change.currentTarget.checked ? YES : '')}
      />
    );
  }
  if (field.kind === 'password') {
    return (
      <PasswordInput
        {...common}
        autoComplete={field.autoComplete ?? 'new-password'}
        onChange={(change) => onChange(change.currentTarget.value)}
      />
    );
  }
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
    <TextInput
      {...common}
      autoComplete={field.autoComplete ?? 'off'}
      onChange={(change) => onChange(change.currentTarget.value)}
    />
  );
}

/** What a field is for, and below it what somebody should know about the value that is in it now. */
function Hint({ text, warning }: { text: string | undefined; warning: string | undefined }) {
  return (
    <>
      {text}
      {warning !== undefined && (
        <Text component="span" display="block" size="xs" className={classes.warning ?? ''} role="status">
          {warning}
        </Text>
      )}
    </>
  );
}
