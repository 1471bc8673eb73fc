import { Alert, Text } from '@mantine/core';
import { ApiError } from '../api/client.ts';

/** Why something did not work, in the server's words, with what an operator needs to find it. */
export function Refused({ error, title }: { error: unknown; title: string }) {
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {error instanceof Error ? error.message : String(error)}
      {error instanceof ApiError && error.requestId !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {error.code !== '' && `Code ${error.code}. `}Request {error.requestId}
        </Text>
      )}
    </Alert>
  );
}
