import type { StateName } from '../api/schema.ts';
import { stateWord } from '../domain/peering.ts';
import classes from './ui.module.css';

/** Each state has a shape of its own, so that it is told apart without its colour. */
const SHAPES: Record<StateName, string> = {
  active: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z',
  'pending-acceptance': 'M3 2h10L8 8l5 6H3l5-6Z',
  rejected: 'M4 2 8 6l4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4Z',
  failed: 'M8 1.500 15 14H1Z',
  expired: 'M2 6.500h12v3H2Z',
  deleted: 'M3 3h10v10H3Z',
};

/** A peering's state as a sign: a shape and a colour. What it means is written next to it. */
export function StateSign({ state }: { state: StateName }) {
  return (
    <svg className={classes.sign} data-state={state} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[state]} />
    </svg>
  );
}

/** That a peering is agreed upon, and yet nothing passes. What is missing is written next to it. */
export function IncompleteSign() {
  return (
    <svg className={classes.sign} data-incomplete={true} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M6.500 1h3l-.5 9H7ZM6.500 12h3v3h-3Z" />
    </svg>
  );
}

export function StateBadge({ state }: { state: StateName }) {
  return (
    <span className={classes.state} data-state={state}>
      <StateSign state={state} />
      {stateWord(state)}
    </span>
  );
}

/** The state of a machine or a route, where running or active is what one wants. */
export function Plain({ state, good }: { state: string; good: boolean }) {
  return (
    <span className={classes.plain} data-good={good}>
      <span aria-hidden="true">{good ? '●' : '○'}</span> {state}
    </span>
  );
}
