import { Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
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
        {error !== undefined && <Refused error={error} title="You are not signed in" />}
        <Button type="submit" loading={busy} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

const WORDS: Record<Way, { who: string; secret: string }> = {
  password: { who: 'E-mail', secret: 'Password' },
  key: { who: 'Access key id', secret: 'Secret key' },
};
