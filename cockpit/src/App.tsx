import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Shell } from './Shell.tsx';
import { useWorld } from './map/world.ts';
import { CreatePeeringPage } from './pages/CreatePeeringPage.tsx';
import { EventLogPage } from './pages/EventLogPage.tsx';
import { GroupPage, GroupsPage } from './pages/GroupsPage.tsx';
import { InboxPage } from './pages/InboxPage.tsx';
import { InternetServicePage, InternetServicesPage } from './pages/InternetServicesPage.tsx';
import { NatServicePage, NatServicesPage } from './pages/NatServicesPage.tsx';
import { NetPage } from './pages/NetPage.tsx';
import { NetsPage } from './pages/NetsPage.tsx';
import { NetworkAclPage, NetworkAclsPage } from './pages/NetworkAclsPage.tsx';
import { PathPage } from './pages/PathPage.tsx';
import { PeeringPage } from './pages/PeeringPage.tsx';
import { PeeringsPage } from './pages/PeeringsPage.tsx';
import { PublicIpPage, PublicIpsPage } from './pages/PublicIpsPage.tsx';
import { RouteTablePage } from './pages/RouteTablePage.tsx';
import { RouteTablesPage } from './pages/RouteTablesPage.tsx';
import { VmPage, VmsPage } from './pages/VmsPage.tsx';
import { Empty, Page } from './ui/Page.tsx';

// The graph library is as large as the rest together, and only the map needs it.
const MapPage = lazy(() => import('./map/MapPage.tsx'));

// Seldom opened.
const AccountPage = lazy(() => import('./pages/AccountPage.tsx'));

/** What the map shows is read while the map itself is loaded. */
function MapOnItsWay() {
  useWorld();
  return <Loader aria-label="Loading" />;
}

export function App() {
  return (
    <Shell>
      <Switch>
        <Route path="/">
          <Redirect to="/map" replace />
        </Route>
        <Route path="/map">
          <Suspense fallback={<MapOnItsWay />}>
            <MapPage />
          </Suspense>
        </Route>
        <Route path="/peerings" component={PeeringsPage} />
        <Route path="/peerings/new" component={CreatePeeringPage} />
        <Route path="/peerings/:id">{({ id }) => <PeeringPage id={id} key={id} />}</Route>
        <Route path="/requests" component={InboxPage} />
        <Route path="/path" component={PathPage} />
        <Route path="/nets" component={NetsPage} />
        <Route path="/nets/:id">{({ id }) => <NetPage id={id} key={id} />}</Route>
        <Route path="/route-tables" component={RouteTablesPage} />
        <Route path="/route-tables/:id">{({ id }) => <RouteTablePage id={id} key={id} />}</Route>
        <Route path="/security-groups" component={GroupsPage} />
        <Route path="/security-groups/:id">{({ id }) => <GroupPage id={id} key={id} />}</Route>
        <Route path="/network-acls" component={NetworkAclsPage} />
        <Route path="/network-acls/:id">{({ id }) => <NetworkAclPage id={id} key={id} />}</Route>
        <Route path="/internet-services" component={InternetServicesPage} />
        <Route path="/internet-services/:id">{({ id }) => <InternetServicePage id={id} key={id} />}</Route>
        <Route path="/nat-services" component={NatServicesPage} />
        <Route path="/nat-services/:id">{({ id }) => <NatServicePage id={id} key={id} />}</Route>
        <Route path="/public-ips" component={PublicIpsPage} />
        <Route path="/public-ips/:id">{({ id }) => <PublicIpPage id={id} key={id} />}</Route>
        <Route path="/vms" component={VmsPage} />
        <Route path="/event-log" component={EventLogPage} />
        <Route path="/account">
          <Suspense fallback={<Loader aria-label="Loading" />}>
            <AccountPage />
          </Suspense>
        </Route>
        <Route path="/vms/:id">{({ id }) => <VmPage id={id} key={id} />}</Route>
        <Route>
          <Page title="There is no such page">
            <Empty title="Nothing is here">
              The address leads nowhere. The navigation leads everywhere else.
            </Empty>
          </Page>
        </Route>
      </Switch>
    </Shell>
  );
}
