import { dirname, join } from 'node:path/posix';

/** Reads a file; null where it cannot be read. */
export type ReadText = (path: string) => string | null;

interface Mount {
  /** The group that is mounted, and where. */
  root: string;
  folder: string;
  type: string;
  controllers: string[];
}

/** Mounted control groups, from `/proc/self/mountinfo` (proc_pid_mountinfo(5)). */
function parseCgroupMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const fields = before?.split(' ') ?? [];
    const [type, , options] = after?.split(' ') ?? [];
    const [root, folder] = [fields[3], fields[4]];
    if (root === undefined || folder === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return [];
    return [{ root, folder, type, controllers: (options ?? '').split(',') }];
  });
}

/** The group of a process for a version 1 controller, or for version 2 (`null`), from `/proc/self/cgroup` (cgroups(7)). */
function parseCgroupPath(text: string, controller: string | null): string | null {
  for (const line of text.split('\n')) {
    const match = /^(\d+):([^:]*):(.*)$/.exec(line);
    if (match === null) continue;
    const controllers = match[2] ?? '';
    const wanted =
      controller === null ? match[1] === '0' && controllers === '' : controllers.split(',').includes(controller);
    if (wanted) return match[3] ?? null;
  }
  return null;
}

/** Folders of the group and of every group above it, as far as they are mounted, innermost first. */
function foldersUp(mount: Mount, group: string): string[] {
  // In a container the group may be named from outside (`/docker/…`) while the mount shows it as its root.
  const inside =
    group === mount.root || group.startsWith('/..')
      ? '/'
      : group.startsWith(`${mount.root}/`)
        ? group.slice(mount.root.length)
        : group;
  const folders: string[] = [];
  for (let path = mount.root === '/' ? group : inside; ; path = dirname(path)) {
    const safe = path.startsWith('/..') ? '/' : path;
    folders.push(safe === '/' ? mount.folder : join(mount.folder, safe));
    if (safe === '/') return folders;
  }
}

/** Answers the folders of this process's group for a controller, or of version 2 (`null`), and of the groups above it. */
export function cgroupFolders(read: ReadText): (type: 'cgroup' | 'cgroup2', controller: string | null) => string[] {
  const groups = read('/proc/self/cgroup') ?? '';
  const mounts = parseCgroupMounts(read('/proc/self/mountinfo') ?? '');
  return (type, controller) => {
    const group = parseCgroupPath(groups, controller);
    const mount = mounts.find((it) => it.type === type && (controller === null || it.controllers.includes(controller)));
    return group === null || mount === undefined ? [] : foldersUp(mount, group);
  };
}
