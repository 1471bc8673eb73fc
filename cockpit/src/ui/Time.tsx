import { duration, exact, relative, urgency } from '../domain/time.ts';
import { useNow } from '../session/clock.ts';
import classes from './ui.module.css';

/** A moment in words; the exact time is its tooltip, or stands behind them. */
export function Time({ at, inFull = false }: { at: string; inFull?: boolean }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exact(time)}>
      {relative(time, now)}
      {inFull && <span className={classes.quiet}> ({exact(time)})</span>}
    </time>
  );
}

/** The time that is left until a moment, counted down by the server's clock. */
export function Countdown({ until, over = 'time is up' }: { until: number; over?: string }) {
  const left = until - useNow();
  return (
    <time
      className={classes.countdown}
      data-urgency={urgency(left)}
      dateTime={new Date(until).toISOString()}
      title={exact(until)}
    >
      {left > 0 ? duration(left) : over}
    </time>
  );
}
