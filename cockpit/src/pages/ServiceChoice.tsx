import { Button, Chip, Group, NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { otherService, type Service, SERVICES, unique } from '../domain/setup.ts';
import { parsePorts } from '../domain/traffic.ts';
import classes from '../ui/ui.module.css';
import pageClasses from './FinishSetup.module.css';

/** The services that the other side may reach: those that have a name here, and any others by their ports. */
export function ServiceChoice({
  chosen,
  onChange,
}: {
  chosen: readonly Service[];
  onChange: (services: Service[]) => void;
}) {
  const [added, setAdded] = useState<readonly Service[]>(chosen);
  const all = unique([...SERVICES, ...added]);
  const choose = (ids: string[]) => onChange(all.filter((service) => ids.includes(service.id)));
  return (
    <fieldset className={pageClasses.services}>
      <legend>What the other side may reach here</legend>
      <Group gap="xs">
        <Chip.Group multiple value={chosen.map((service) => service.id)} onChange={choose}>
          {all.map((service) => (
            <Chip key={service.id} value={service.id} size="sm">
              {service.label}
            </Chip>
          ))}
        </Chip.Group>
        <OtherService
          onAdd={(service) => {
            setAdded([...added, service]);
            onChange(unique([...chosen, service]));
          }}
        />
      </Group>
    </fieldset>
  );
}

function OtherService({ onAdd }: { onAdd: (service: Service) => void }) {
  const [opened, setOpened] = useState(false);
  const [protocol, setProtocol] = useState('tcp');
  const [ports, setPorts] = useState('');
  const id = useId();
  const range = ports.trim() === '' ? undefined : parsePorts(ports);
  const add = () => {
    if (range !== undefined) {
      onAdd(otherService(protocol, range.from, range.to));
      setPorts('');
      setOpened(false);
    }
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        Other ports…
      </Button>
      <div id={id} className={`${classes.tools} ${pageClasses.other}`} hidden={!opened}>
        <NativeSelect
          size="xs"
          label="Protocol"
          value={protocol}
          onChange={(change) => setProtocol(change.currentTarget.value)}
          data={['tcp', 'udp']}
        />
        <TextInput
          size="xs"
          label="Port or ports"
          placeholder="8080 or 8000-8099"
          value={ports}
          error={ports.trim() !== '' && range === undefined && 'A port, or two with a dash.'}
          onChange={(change) => setPorts(change.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              add();
            }
          }}
        />
        <Button size="xs" variant="default" onClick={add} disabled={range === undefined}>
          Add
        </Button>
      </div>
    </>
  );
}
