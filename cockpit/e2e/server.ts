import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request } from '../src/api/requests.ts';
import type { Answer, CallName, Session } from '../src/api/schema.ts';
import { pathOf } from '../src/api/requests.ts';

export const LAUNCHER = process.env.LINKSPAN_BIN ?? new URL('../../linkspan', import.meta.url).pathname;
const READY = /^linkspan ready (http:\/\/\S+)/m;
const START_MILLIS = 200_000;

export type NewAccount = { account: string; key: { AccessKeyId: string; SecretKey: string } };

/** A real server with data of its own, started by the launcher. */
export class Server {
  readonly url: string;
  private readonly process: ChildProcess;
  private readonly data: string;

  private constructor(url: string, process: ChildProcess, data: string) {
    this.url = url;
    this.process = process;
    this.data = data;
  }

  static async start(...options: string[]): Promise<Server> {
    const data = mkdtempSync(join(tmpdir(), 'linkspan-cockpit-'));
    const process = spawn(
      LAUNCHER,
      ['serve', '--data', join(data, 'data'), '--listen', '127.0.0.1:0', ...options],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new Server(await ready(process), process, data);
  }

  /** The operator's calls. */
  async operator(name: string, args: unknown): Promise<unknown> {
    const token = readFileSync(join(this.data, 'data', 'admin.token'), 'utf8').trim();
    const response = await fetch(`${this.url}/linkspan/v1/${name}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
    });
    return answerOf(name, response);
  }

  async advance(duration: string): Promise<void> {
    await this.operator('AdvanceClock', { Duration: duration });
  }

  /** Makes an account with a password, and a key of it. */
  async account(email: string, password: string): Promise<NewAccount> {
    const { Account, AccessKey } = (await this.operator('CreateAccount', {
      Email: email,
      Password: password,
    })) as { Account: { AccountId: string }; AccessKey: { AccessKeyId: string; SecretKey: string } };
    const { AccessKeyId, SecretKey } = AccessKey;
    return { account: Account.AccountId, key: { AccessKeyId, SecretKey } };
  }

  /** Stops it and throws away what it leaves: its data, and its network, which would go on without it. */
  async stop(): Promise<void> {
    const { Network } = (await this.operator('ReadStatus', {})) as { Network: { RunFolder?: string } };
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await gone;
    if (Network.RunFolder !== undefined) {
      execFileSync(LAUNCHER, ['cleanup', Network.RunFolder]);
    }
    rmSync(this.data, { recursive: true, force: true });
  }
}

function ready(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => {
      process.kill('SIGTERM');
      reject(new Error(`The server is not ready: ${printed}`));
    }, START_MILLIS);
    const look = (part: Buffer) => {
      printed += part.toString();
      const url = READY.exec(printed)?.[1];
      if (url !== undefined) {
        clearTimeout(timer);
        resolve(url);
      }
    };
    process.stdout?.on('data', look);
    process.stderr?.on('data', look);
    process.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`The server did not start: ${printed}`));
    });
  });
}

async function answerOf(name: string, response: Response): Promise<unknown> {
  const answer: unknown = await response.json();
  if (!response.ok) {
    throw new Error(`${name}: ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** An account that works by the API, with a session as Cockpit has one. */
export class Tenant {
  readonly account: string;
  private readonly url: string;
  private readonly cookie: string;
  private readonly region: string;

  private constructor(url: string, account: string, cookie: string, region: string) {
    this.url = url;
    this.account = account;
    this.cookie = cookie;
    this.region = region;
  }

  static async signIn(server: Server, credentials: Record<string, string>): Promise<Tenant> {
    const response = await fetch(`${server.url}/cockpit/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Linkspan-Cockpit': '1' },
      body: JSON.stringify(credentials),
    });
    const session = (await answerOf('sign-in', response)) as Session;
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return new Tenant(server.url, session.AccountId, cookie, session.Regions[0]?.RegionName ?? '');
  }

  async call<N extends CallName>(name: N, args: Request<N>): Promise<Answer<N>> {
    const response = await fetch(this.url + pathOf(name), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Cookie: this.cookie,
        'X-Linkspan-Cockpit': '1',
        'X-Linkspan-Region': this.region,
      },
      body: JSON.stringify(args),
    });
    return (await answerOf(name, response)) as Answer<N>;
  }

  /** Asks for an action of the EC2 API; answers the text of the first element of that name in the answer. */
  async act(action: string, form: Record<string, string>, wanted: string): Promise<string> {
    const response = await fetch(`${this.url}/`, {
      method: 'POST',
      headers: { Cookie: this.cookie, 'X-Linkspan-Cockpit': '1', 'X-Linkspan-Region': this.region },
      body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...form }),
    });
    const xml = await response.text();
    if (!response.ok) {
      throw new Error(`${action}: ${xml}`);
    }
    return new RegExp(`<${wanted}>([^<]*)<`).exec(xml)?.[1] ?? '';
  }

  /** A Net with a Subnet and a VM in it, ready to be peered; answers its id. */
  async net(range: string, name: string): Promise<string> {
    const { Net } = await this.call('CreateNet', { IpRange: range });
    const id = Net.NetId;
    await this.call('CreateTags', { ResourceIds: [id], Tags: [{ Key: 'Name', Value: name }] });
    const inside = range.replace(/\.0\.0\/16$/, '.1.0/24');
    const { Subnet } = await this.call('CreateSubnet', { NetId: id, IpRange: inside });
    await this.call('CreateVms', { ImageId: 'ami-00000001', SubnetId: Subnet.SubnetId });
    return id;
  }

  /** A route of the Net's main table to that range, through the peering. */
  async lead(net: string, range: string, peering: string): Promise<void> {
    const { RouteTables } = await this.call('ReadRouteTables', { Filters: { NetIds: [net] } });
    const RouteTableId = RouteTables[0]?.RouteTableId ?? '';
    await this.call('CreateRoute', { RouteTableId, DestinationIpRange: range, NetPeeringId: peering });
  }

  /** A rule of the Net's default group that lets pings from that range in. */
  async letPing(net: string, range: string): Promise<void> {
    const { SecurityGroups } = await this.call('ReadSecurityGroups', { Filters: { NetIds: [net] } });
    await this.call('CreateSecurityGroupRule', {
      SecurityGroupId: SecurityGroups[0]?.SecurityGroupId ?? '',
      Flow: 'Inbound',
      IpProtocol: 'icmp',
      FromPortRange: 8,
      ToPortRange: -1,
      IpRange: range,
    });
  }

  /** A new internet service of the Net, with a route to it in the main table; answers its id. */
  async openNet(net: string): Promise<string> {
    const { InternetService } = await this.call('CreateInternetService', {});
    const { InternetServiceId } = InternetService;
    await this.call('LinkInternetService', { InternetServiceId, NetId: net });
    const { RouteTables } = await this.call('ReadRouteTables', { Filters: { NetIds: [net] } });
    const RouteTableId = RouteTables[0]?.RouteTableId ?? '';
    await this.call('CreateRoute', {
      RouteTableId,
      DestinationIpRange: '0.0.0.0/0',
      GatewayId: InternetServiceId,
    });
    return InternetServiceId;
  }

  async ask(source: string, accepter: string, owner: string): Promise<string> {
    const { NetPeering } = await this.call('CreateNetPeering', {
      SourceNetId: source,
      AccepterNetId: accepter,
      AccepterOwnerId: owner,
    });
    return NetPeering.NetPeeringId;
  }
}
