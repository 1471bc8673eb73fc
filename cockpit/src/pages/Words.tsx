import type { PeeringRequest } from '../api/schema.ts';
import classes from '../ui/ui.module.css';

/** What the requester of a peering wrote to the other owner: plain text, in which nothing leads anywhere. */
export function Words({ request }: { request: PeeringRequest | undefined }) {
  return request?.Message === undefined ? null : (
    <blockquote className={classes.words} aria-label="Message of the requester">
      {request.Message}
    </blockquote>
  );
}
