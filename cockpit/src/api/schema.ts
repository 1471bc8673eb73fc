/**
 * The names by which Cockpit speaks of what the API takes and answers. The types are the server's own: `npm run generate`
 * writes them from its description.
 */
import type { Calls, NetPeeringState, ReadSessionResponse } from './generated.ts';

export type {
  AccessKey,
  Cause as TraceCause,
  Event,
  HealthSide as HealthOfSide,
  HealthSummary as PeeringSummary,
  InternetService,
  NatService,
  Net,
  NetPeering,
  NetPeeringSide as Side,
  PeeringRequest,
  PublicIp,
  Quota,
  Remedy,
  ResourceTag as Tag,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule as Rule,
  ServedRegion as Region,
  Step as TraceStep,
  Subnet,
  Vm,
} from './generated.ts';

export type CallName = keyof Calls;
export type Answer<N extends CallName> = Calls[N]['answer'];
export type Session = ReadSessionResponse;
export type StateName = NetPeeringState['Name'];
