import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './ui.module.css';

/** A page: its heading, what can be done on it, and its content. */
export function Page({
  title,
  actions,
  intro,
  children,
}: {
  title: string;
  actions?: ReactNode;
  intro?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Linkspan Cockpit`;
  }, [title]);
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <div className={classes.head}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
        {intro !== undefined && <div className={classes.quiet}>{intro}</div>}
      </div>
      {children}
    </div>
  );
}

export function Panel({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.panelHead}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Where there is nothing yet: what this place is for, and what to do first. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <strong>{title}</strong>
      <div className={classes.quiet}>{children}</div>
      {action}
    </div>
  );
}

export function Facts({ facts }: { facts: readonly [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
