import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { COMMAND } from '../cli/coreloom';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { ended, scene, type Scene } from './scene';

const area = 'Disks and folders';
const notHere = NEEDS_LINUX ?? NEEDS_ROOT;
const RUN = ['run', 'sleep', '--size', '50', '--processes', '2', '--tasks', '30'];

/** The command in a mount namespace of its own, where `mounts` was done before. */
const mounted = (place: Scene, mounts: string, args: readonly string[]) =>
  place.start('unshare', ['--mount', 'sh', '-c', `${mounts} && exec "$0" "$@"`, process.execPath, COMMAND, ...args]);

fault(
  {
    area,
    fault: 'the disk of the data folder is full',
    promise: 'the run goes on; the report is saved elsewhere, the terminal says where',
    notHere,
  },
  async () => {
    const place = scene();
    const { code, out, err } = await ended(
      place,
      mounted(
        place,
        `mount -t tmpfs -o size=16k tmpfs ${place.home} && (head -c 1000000 /dev/zero >${place.home}/filler || true)`,
        RUN,
      ),
    );
    expect(out).toMatch(/^processes +2 +30 /m);
    expect(code, err).toBe(0);
    expect(err).toMatch(/full/);
    expect(out).toMatch(new RegExp(`Saved (${place.temporary}|${place.runtime})`));
  },
);

fault(
  {
    area,
    fault: 'the data folder is on a disk that may only be read',
    promise: 'the run goes on; the report is saved elsewhere, the terminal says where',
    notHere,
  },
  async () => {
    const place = scene();
    const { code, out, err } = await ended(place, mounted(place, `mount -t tmpfs -o ro tmpfs ${place.home}`, RUN));
    expect(out).toMatch(/^processes +2 +30 /m);
    expect(code, err).toBe(0);
    expect(err).toMatch(/EROFS|read-only/);
    expect(out).toMatch(new RegExp(`Saved (${place.temporary}|${place.runtime})`));
  },
);

fault(
  {
    area,
    fault: 'neither the data folder nor the temporary folder can be written to',
    promise: 'the command says so before the run; the run continues and is printed',
    notHere,
  },
  async () => {
    const place = scene();
    const running = mounted(
      place,
      [place.home, place.temporary, place.runtime].map((folder) => `mount -t tmpfs -o ro tmpfs ${folder}`).join(' && '),
      RUN,
    );
    await running.said(/Cannot save reports/);
    const { code, out, err } = await ended(place, running);
    expect(out).toMatch(/^processes +2 +30 /m);
    expect(code, err).toBe(1);
  },
);

fault(
  {
    area,
    fault: 'the data folder is removed in the middle of a run',
    promise: 'it is made again, and the report is saved',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const running = place.coreloom(RUN);
    await place.process(running, /fork\.js/);
    rmSync(place.home, { recursive: true, force: true });
    const { code, err } = await ended(place, running);
    expect(code, err).toBe(0);
    expect(place.reports()).toHaveLength(1);
  },
);

fault(
  {
    area,
    fault: 'the report was asked for in a folder that does not exist',
    promise: 'it is refused before anything is measured, exit 2',
  },
  async () => {
    const place = scene();
    const { code, out, err } = await ended(
      place,
      place.coreloom([...RUN, '--report', join(place.home, 'nowhere', 'run.html')]),
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/does not exist/);
    expect(place.reports()).toEqual([]);
  },
);

fault(
  { area, fault: 'standard output is a full device', promise: 'the report is saved, exit 1', notHere: NEEDS_LINUX },
  async () => {
    const place = scene();
    const running = place.start('sh', ['-c', '"$0" "$@" >/dev/full', process.execPath, COMMAND, ...RUN]);
    const { code } = await ended(place, running);
    expect(code).toBe(1);
    expect(place.reports()).toHaveLength(1);
  },
);

fault(
  {
    area,
    fault: 'the reader of standard output exits (| head -1)',
    promise: 'the run ends, the report is saved, no stack is printed',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const { err } = await ended(
      place,
      place.start('sh', ['-c', '"$0" "$@" | head -n 1', process.execPath, COMMAND, ...RUN]),
    );
    expect(err).not.toMatch(/^\s+at /m);
    expect(place.reports()).toHaveLength(1);
  },
);
