import { Alert, Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { ApiError } from '../api/client.ts';
import type { Session } from '../api/schema.ts';
import { Refused } from '../ui/Refused.tsx';
import { type Credentials, signIn } from './session.ts';

type Way = 'password' | 'key';

/** Signs in with an e-mail and a password, or with an access key. */
export function SignInForm({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [way, setWay] = useState<Way>('password');
  const [who, setWho] = useState('');
  const [secret, setSecret] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    const credentials: Credentials =
      way === 'password'
        ? { Email: who.trim(), Password: secret }
        : { AccessKeyId: who.trim(), SecretKey: secret };
    try {
      onSignedIn(await signIn(credentials));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  const words = WORDS[way];
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          fullWidth
          aria-label="Sign in with"
          value={way}
          onChange={(chosen) => {
            setWay(chosen as Way);
            setError(undefined);
          }}
          data={[
            { value: 'password', label: 'E-mail' },
            { value: 'key', label: 'Access key' },
          ]}
        />
        <TextInput
          label={words.who}
          type={way === 'password' ? 'email' : 'text'}
          autoComplete="username"
          required
          value={who}
          onChange={(change) => setWho(change.currentTarget.value)}
        />
        <PasswordInput
          label={words.secret}
          autoComplete="current-password"
          required
          value={secret}
          onChange={(change) => setSecret(change.currentTarget.value)}
        />
        {error !== undefined &&
          (isWrong(error) ? (
            <Alert color="red" variant="light" title={words.wrong} role="alert" />
          ) : (
            <Refused error={error} title="You are not signed in" />
          ))}
        <Button type="submit" loading={busy} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

/** Which of the two is wrong is told to nobody: that would tell who has an account. */
const WORDS: Record<Way, { who: string; secret: string; wrong: string }> = {
  password: { who: 'E-mail', secret: 'Password', wrong: 'Wrong e-mail or wrong password' },
  key: { who: 'Access key id', secret: 'Secret key', wrong: 'Wrong access key or wrong secret key' },
};

/** Whether somebody is refused for what they gave, and not because it is locked or cannot be looked at. */
function isWrong(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code === '1';
}
