import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import type { Answer } from '../api/schema.ts';
import { useSession } from '../session/SessionContext.ts';
import { Refused } from '../ui/Refused.tsx';
import classes from '../ui/ui.module.css';
import type { Question } from './PathPage.tsx';

/** Sends a packet by the machine itself, where the server's network carries packets. */
export function Probe({ question }: { question: Question }) {
  const { session, region } = useSession();
  const probe = useMutation({
    mutationFn: (asked: Question) =>
      call(
        'SendProbe',
        {
          FromVmId: asked.From,
          To: asked.To,
          Protocol: asked.IpProtocol,
          ...(asked.Port === undefined ? {} : { Port: asked.Port }),
        },
        region,
      ),
  });
  if (session.Network === 'none') {
    return null;
  }
  return (
    <div>
      <div className={classes.actions}>
        <Button variant="default" onClick={() => probe.mutate(question)} loading={probe.isPending}>
          Send a real packet
        </Button>
      </div>
      {probe.error !== null && <Refused error={probe.error} title="No packet was sent" />}
      {probe.data !== undefined && <Came answer={probe.data} />}
    </div>
  );
}

function Came({ answer }: { answer: Answer<'SendProbe'> }) {
  const time =
    answer.RoundTripMicros === undefined ? '' : ` after ${(answer.RoundTripMicros / 1000).toFixed(2)} ms`;
  return (
    <Alert
      mt="sm"
      color={answer.Answered ? 'green' : 'red'}
      variant="light"
      role="status"
      title={answer.Answered ? `An answer came back${time}` : 'No answer came back'}
    >
      {answer.Detail}
    </Alert>
  );
}
