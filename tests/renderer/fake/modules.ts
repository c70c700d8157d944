import {
  CoreloomError,
  type ErrorInfo,
  type ExecutorKey,
  type ModuleInfo,
  type ModuleOffer,
} from '../../../src/contract';

/** The user's files as the fake engine finds them, by path: what is in one, or what is wrong with it. */
export interface FakeModules {
  by: ModuleOffer['by'];
  files: Record<string, Partial<ModuleInfo> | ErrorInfo>;
  /** What the host's dialog answers. */
  chosen: string | null;
}

const PYTHON: ExecutorKey[] = ['python-threads', 'python-processes', 'python-interpreters'];

export function offerOf({ by, files }: FakeModules): ModuleOffer {
  return {
    by,
    modules:
      by === 'list'
        ? Object.keys(files).map((path) => ({ path, fileName: path.slice(path.lastIndexOf('/') + 1) }))
        : [],
  };
}

/** Looks at a file. Throws what is wrong with it. */
export function moduleOf({ files }: FakeModules, path: string): ModuleInfo {
  const found = files[path];
  if (found === undefined) throw new CoreloomError('module-not-found', `There is no file ${path}; correct the path.`);
  if ('code' in found) throw new CoreloomError(found.code, found.message);
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return {
    path,
    fileName,
    title: fileName,
    summary: `The task of ${fileName}.`,
    kind: 'custom',
    size: { meaning: 'handed to the task as input.size', min: 1, max: 1e9, default: 1 },
    sized: false,
    exports: ['task'],
    taskPlace: `${fileName}:1`,
    inputs: null,
    executors: fileName.endsWith('.py') ? PYTHON : ['threads', 'processes'],
    ...found,
  };
}
