import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Button,
  NativeSelect,
  NavLink,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { type ComponentType, type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import classes from './Shell.module.css';
import { usePeerings } from './api/queries.ts';
import { waitingFor } from './domain/peering.ts';
import { useSession } from './session/SessionContext.ts';
import { useNow } from './session/clock.ts';
import { Mark } from './ui/Mark.tsx';
import {
  AddressIcon,
  BorderIcon,
  GlobeIcon,
  HistoryIcon,
  InboxIcon,
  LinkIcon,
  MapIcon,
  MoonIcon,
  NatIcon,
  NetIcon,
  PathIcon,
  PersonIcon,
  RouteIcon,
  ShieldIcon,
  SunIcon,
  VmIcon,
} from './ui/icons.tsx';

const PLACES: readonly { path: string; label: string; Icon: ComponentType }[] = [
  { path: '/map', label: 'Map', Icon: MapIcon },
  { path: '/peerings', label: 'Peerings', Icon: LinkIcon },
  { path: '/requests', label: 'Requests to me', Icon: InboxIcon },
  { path: '/path', label: 'Test a path', Icon: PathIcon },
  { path: '/nets', label: 'Nets', Icon: NetIcon },
  { path: '/route-tables', label: 'Route tables', Icon: RouteIcon },
  { path: '/security-groups', label: 'Security groups', Icon: ShieldIcon },
  { path: '/network-acls', label: 'Network ACLs', Icon: BorderIcon },
  { path: '/internet-services', label: 'Internet services', Icon: GlobeIcon },
  { path: '/nat-services', label: 'NAT services', Icon: NatIcon },
  { path: '/public-ips', label: 'Public IPs', Icon: AddressIcon },
  { path: '/vms', label: 'VMs', Icon: VmIcon },
  { path: '/event-log', label: 'Event log', Icon: HistoryIcon },
  { path: '/account', label: 'Account', Icon: PersonIcon },
];

/** What is around every page: where one is, as whom, and where one can go. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const [location] = useLocation();
  const waiting = useWaiting();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="lg"
    >
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        <Burger
          opened={opened}
          onClick={() => setOpened(!opened)}
          hiddenFrom="sm"
          size="sm"
          aria-label="Navigation"
          aria-expanded={opened}
        />
        <Link href="/map" className={classes.brand ?? ''} aria-label="Linkspan">
          <Mark size={28} />
          <span>Linkspan</span>
        </Link>
        <Header />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Cockpit" className={classes.navbar}>
        {PLACES.map(({ path, label, Icon }) => (
          <NavLink
            key={path}
            component={Link}
            href={path}
            label={label}
            leftSection={<Icon />}
            active={location === path || location.startsWith(`${path}/`)}
            {...(location === path && { 'aria-current': 'page' })}
            onClick={() => setOpened(false)}
            className={classes.place}
            rightSection={
              path === '/requests' && waiting > 0 ? (
                <Badge size="sm" circle={waiting < 10} aria-label={`${waiting} to answer`}>
                  {waiting}
                </Badge>
              ) : undefined
            }
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

/** How many requests wait for this account's answer. */
function useWaiting(): number {
  const { account } = useSession();
  const now = useNow();
  return waitingFor(usePeerings().data ?? [], account, now).length;
}

function Header() {
  const { session, account, region, chooseRegion, signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <div className={classes.tools}>
      {session.Regions.length > 1 ? (
        <NativeSelect
          size="xs"
          className={classes.region ?? ''}
          aria-label="Region"
          value={region}
          onChange={(change) => chooseRegion(change.currentTarget.value)}
          data={session.Regions.map((it) => it.RegionName)}
        />
      ) : (
        <span className={classes.account}>{region}</span>
      )}
      <Link href="/account" className={classes.account ?? ''} title={`account ${account}`}>
        {session.Name ?? session.Email ?? account}
      </Link>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={scheme === 'dark' ? 'Light colours' : 'Dark colours'}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </ActionIcon>
      <Button size="compact-sm" variant="default" onClick={signOut}>
        Sign out
      </Button>
    </div>
  );
}
