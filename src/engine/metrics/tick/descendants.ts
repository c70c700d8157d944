import { readdirSync, readFileSync } from 'node:fs';
import { parseProcessTimes, type ProcessTimes } from './process-times';

/** Where processes are listed and read; replaced in tests. */
export interface ProcessList {
  pids(): number[];
  /** null of one that has ended. */
  times(pid: number): ProcessTimes | null;
}

const system: ProcessList = {
  pids: () => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : [])),
  times: (pid) => {
    try {
      return parseProcessTimes(readFileSync(`/proc/${String(pid)}/stat`, 'latin1'));
    } catch {
      return null;
    }
  },
};

/**
 * CPU time of the living processes beneath each of those given, ms, with what they have waited for. A process is read for
 * the first time when it appears, and then only where it is such a descendant; parents before their children, so that one
 * which is waited for meanwhile is missing for once and never counted twice.
 */
export function createDescendantsReader(
  list: ProcessList = system,
): (roots: ReadonlySet<number>) => Map<number, number> {
  let parents = new Map<number, number>();
  return (roots) => {
    parents = parentsOf(list, parents);
    const children = childrenIn(parents);
    const cpuMs = (parent: number): number => {
      let sum = 0;
      for (const pid of children.get(parent) ?? []) {
        const now = roots.has(pid) ? null : list.times(pid);
        if (now === null) continue;
        // Where its own parent has ended, another process is it now.
        parents.set(pid, now.parent);
        if (now.parent === parent) sum += now.ownMs + now.waitedForMs + cpuMs(pid);
      }
      return sum;
    };
    return new Map([...roots].map((root) => [root, cpuMs(root)]));
  };
}

function parentsOf(list: ProcessList, known: ReadonlyMap<number, number>): Map<number, number> {
  return new Map(
    list.pids().flatMap((pid) => {
      const parent = known.get(pid) ?? list.times(pid)?.parent;
      return parent === undefined ? [] : [[pid, parent] as const];
    }),
  );
}

function childrenIn(parents: ReadonlyMap<number, number>): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents) {
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [pid]);
    else list.push(pid);
  }
  return children;
}
