/** By it Electron's program runs as Node, and in plain Node nothing heeds it. */
const AS_NODE = 'ELECTRON_RUN_AS_NODE';

/** What is said to Coreloom, or to this very process, by the environment; in upper case. */
const OURS = new RegExp(`^(CORELOOM_.*|NODE_OPTIONS|NODE_CHANNEL_.*|${AS_NODE})$`);

/**
 * The environment of the user's own code, in every executor and every language: that of the shell, less what is meant
 * for Coreloom. NODE_OPTIONS could hold a debugger's port, which only one process can have.
 */
export function userEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name.toUpperCase()));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Variables that a process of Coreloom's own needs from this one's environment; everything else stays behind. */
const KEPT = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'TMPDIR',
  'TMP',
  'TEMP',
  'SystemRoot',
  'SYSTEMROOT',
  'LANG',
  'LC_ALL',
  'TZ',
];

/**
 * The environment of every process and worker that runs nothing but Coreloom's own, with `more` that its runtime needs. Small
 * on purpose: NODE_OPTIONS could hand down a debugger's port, NODE_EXTRA_CA_CERTS alone adds 60 ms to the start of a process.
 */
export function workerEnvironment(more: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    [...KEPT, ...more].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** An environment in which Electron's program runs a file as Node does. */
export function asNode(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, [AS_NODE]: '1' };
}

/** Child: what the user's code starts is not told to run as Node, as this process was; it may be an Electron of the user's. */
export function forgetAsNode(): void {
  Reflect.deleteProperty(process.env, AS_NODE);
}
