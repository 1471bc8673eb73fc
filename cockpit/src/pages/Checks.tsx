import type { Check } from '../domain/precheck.ts';
import classes from './Checks.module.css';

const SIGNS: Record<Check['verdict'], { sign: string; word: string }> = {
  yes: { sign: '✓', word: 'fine' },
  no: { sign: '✕', word: 'in the way' },
  maybe: { sign: '?', word: 'not known' },
};

export function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={classes.checks} aria-label="Can it work?">
      {checks.map(({ verdict, title, detail }) => (
        <li key={title} data-verdict={verdict}>
          <span className={classes.sign} aria-hidden="true">
            {SIGNS[verdict].sign}
          </span>
          <span>
            <strong>{title}</strong>: {SIGNS[verdict].word}
            <div className={classes.detail}>{detail}</div>
          </span>
        </li>
      ))}
    </ul>
  );
}
