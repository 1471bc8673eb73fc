import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Planned } from '../api/requests.ts';
import { snippet, type Tool, TOOLS } from '../domain/snippets.ts';
import { useSession } from '../session/SessionContext.ts';
import { CopyIt } from './Copyable.tsx';
import classes from './ui.module.css';

/** Text to be copied as it is. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.codeBox}>
      <pre className={classes.code}>{text}</pre>
      <div className={classes.codeCopy}>
        <CopyIt text={text} label={label} />
      </div>
    </div>
  );
}

/** The calls that an action makes, ready to be made elsewhere. */
export function Calls({ planned }: { planned: readonly Planned[] }) {
  const { region } = useSession();
  const [tool, setTool] = useState<Tool>('curl');
  const place = { origin: location.origin, region };
  return (
    <div style={{ display: 'grid', gap: '0.5rem' }}>
      <SegmentedControl
        size="xs"
        aria-label="Written for"
        value={tool}
        onChange={(chosen) => setTool(chosen as Tool)}
        data={TOOLS.map((it) => ({ value: it.tool, label: it.label }))}
      />
      <Code text={planned.map((it) => snippet(tool, it, place)).join('\n\n')} label="Copy the calls" />
    </div>
  );
}
