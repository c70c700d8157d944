import { expect } from 'vitest';
import { connect, type SoakClient } from '../../scripts/soak/client.mjs';
import type { Running } from '../support/processes';
import { asLiveState, liveIn } from '../support/experiment-state';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const area = 'Pages and their connections';
const LIVE = { workload: 'sleep', size: 5, workers: { threads: 2, processes: 1 } } as const;

interface Served {
  place: Scene;
  server: Running;
  address: string;
  client: SoakClient;
}

async function served(): Promise<Served> {
  const place = scene();
  const server = place.coreloom(['serve', '--port', '0']);
  const [, address = ''] = await server.said(/at (http:\/\/\S+)/);
  return { place, server, address, client: await connect(address) };
}

/** Ends the server as Ctrl-C does, and holds that nothing is left of it. */
async function closed({ place, server }: Served): Promise<void> {
  server.child.kill('SIGINT');
  const { code, err } = await ended(place, server);
  expect(code, err).toBe(0);
  place.noFileLeft();
}

/** Stops the run; holds that its report is whole. */
async function stopped(client: SoakClient, place: Scene): Promise<void> {
  const { outcome } = await client.call('stopExperiment', { interrupted: false });
  expect(outcome).toBe('completed');
  expect(accounted(place.reports()[0]).totals.counts).toMatchObject({ failed: 0, retried: 0 });
}

const running = (client: SoakClient): Promise<void> =>
  new Promise((resolve) => {
    client.on((event) => {
      if (event.type === 'experiment-changed' && asLiveState(event.experiment).counts.done > 0) resolve();
    });
  });

fault(
  {
    area,
    fault: 'a slider is moved 1,000 times as fast as a page can',
    promise: 'every move is answered; the workers come to the last one; every task is done once',
  },
  async () => {
    const place = await served();
    const { client } = place;
    const on = running(client);
    await client.call('startExperiment', { kind: 'live', ...LIVE });
    await on;
    const moves = Array.from({ length: 1_000 }, (_, i) =>
      client.call('updateExperiment', { workers: { threads: i % 5, processes: (i * 7) % 4 } }),
    );
    expect(await Promise.all(moves)).toHaveLength(1_000);
    await client.call('updateExperiment', { workers: { threads: 3, processes: 1 } });
    const live = async (): Promise<number[]> =>
      (liveIn(await client.call('getState', null))?.executors ?? [])
        .filter(({ desired }) => desired > 0)
        .map((one) => one.live);
    await expect.poll(live).toEqual([3, 1]);
    await stopped(client, place.place);
    client.leave();
    await closed(place);
  },
);

fault(
  { area, fault: 'the page is reloaded in the middle of a run', promise: 'the run goes on, and the new page shows it' },
  async () => {
    const place = await served();
    const on = running(place.client);
    const { id } = await place.client.call('startExperiment', { kind: 'live', ...LIVE });
    await on;
    place.client.leave();
    const again = await connect(place.address);
    expect(liveIn(await again.call('getState', null))).toMatchObject({ id, phase: 'running' });
    await stopped(again, place.place);
    again.leave();
    await closed(place);
  },
);

fault(
  {
    area,
    fault: 'the page crashes with commands that are not answered',
    promise: 'the run goes on; nothing of the page is left',
  },
  async () => {
    const place = await served();
    const on = running(place.client);
    await place.client.call('startExperiment', { kind: 'live', ...LIVE });
    await on;
    for (let i = 0; i < 50; i += 1) place.client.call('getState', null).catch(() => undefined);
    place.client.leave();
    const again = await connect(place.address);
    await stopped(again, place.place);
    again.leave();
    await closed(place);
  },
);

fault(
  {
    area,
    fault: 'the page hangs and reads nothing any more',
    promise: 'the run goes on, another page can stop it, and the server ends in order',
  },
  async () => {
    const place = await served();
    const on = running(place.client);
    await place.client.call('startExperiment', { kind: 'live', ...LIVE });
    await on;
    place.client.hang();
    const other = await connect(place.address);
    await stopped(other, place.place);
    other.leave();
    await closed(place);
  },
);

fault(
  {
    area,
    fault: 'two pages start and stop at once',
    promise: 'one run at a time; each page is told, and each report is whole',
  },
  async () => {
    const place = await served();
    const other = await connect(place.address);
    const started = await Promise.allSettled(
      [place.client, other].map((client) => client.call('startExperiment', { kind: 'live', ...LIVE, tasks: 50 })),
    );
    expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect.poll(() => place.place.reports().length).toBe(1);
    expect(accounted(place.place.reports()[0]).totals.counts.done).toBe(50);
    place.client.leave();
    other.leave();
    await closed(place);
  },
);

const engines = 'Two of Coreloom at once';

fault(
  { area: engines, fault: 'two commands run and save in one data folder', promise: 'both reports are there, whole' },
  async () => {
    const place = scene();
    const run = ['run', 'sleep', '--size', '20', '--threads', '1', '--processes', '1', '--tasks', '20'];
    const both = await Promise.all([place.coreloom(run), place.coreloom(run)].map((one) => ended(place, one)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(place.reports().map((report) => accounted(report).totals.counts.done)).toEqual([20, 20]);
    place.noFileLeft();
  },
);

fault(
  {
    area,
    fault: 'a report is renamed and noted at once, 50 times',
    promise: 'both are answered, and both texts are there',
  },
  async () => {
    const place = await served();
    const on = running(place.client);
    await place.client.call('startExperiment', { kind: 'live', ...LIVE });
    await on;
    await stopped(place.client, place.place);
    const [{ id } = { id: '' }] = place.place.reports();
    for (let i = 0; i < 50; i += 1) {
      const [title, note] = [`title ${String(i)}`, `note ${String(i)}`];
      await Promise.all([
        place.client.call('renameReport', { id, title }),
        place.client.call('noteReport', { id, note }),
      ]);
      expect((await place.client.call('listReports', null)).reports[0]).toMatchObject({ title, note });
    }
    place.client.leave();
    await closed(place);
  },
);

fault(
  {
    area: engines,
    fault: 'a second server wants the port of the first',
    promise: 'one sentence, exit 1; the first goes on',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = await served();
    const { port } = new URL(place.address);
    const { code, err } = await place.place.coreloom(['serve', '--port', port]).ended;
    expect(code, err).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(liveIn(await place.client.call('getState', null))).toBeNull();
    place.client.leave();
    await closed(place);
  },
);
