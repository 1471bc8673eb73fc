import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { CheckIcon, CopyIcon } from './icons.tsx';
import classes from './ui.module.css';

/** An id, or anything short that people paste elsewhere, with a button that copies it. */
export function Copyable({ text, shown }: { text: string; shown?: string }) {
  return (
    <span className={classes.copyable}>
      <span className={classes.mono} title={shown === undefined ? undefined : text}>
        {shown ?? text}
      </span>
      <CopyIt text={text} label={`Copy ${text}`} />
    </span>
  );
}

export function CopyIt({ text, label }: { text: string; label: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'} openDelay={300}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
            {copied ? <CheckIcon /> : <CopyIcon />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
