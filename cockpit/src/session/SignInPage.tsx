import { Paper, Text, Title } from '@mantine/core';
import type { Session } from '../api/schema.ts';
import { Mark } from '../ui/Mark.tsx';
import classes from './SignInPage.module.css';
import { SignInForm } from './SignInForm.tsx';

export function SignInPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <div className={classes.brand}>
          <Mark size={44} />
          <div>
            <Title order={1} size="h2">
              Linkspan Cockpit
            </Title>
            <Text c="dimmed">Private Nets, and peerings that both owners agree on.</Text>
          </div>
        </div>
        <Paper withBorder p="lg" radius="md">
          <SignInForm onSignedIn={onSignedIn} />
        </Paper>
        <Text size="sm" c="dimmed" mt="md">
          No account yet? The operator of this server makes one: <code>linkspan account create --email</code>.
          Its access key works here too.
        </Text>
      </div>
    </main>
  );
}
