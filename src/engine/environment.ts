/** What is said to Coreloom, or to this very process, by the environment; in upper case. */
const OURS = /^(CORELOOM_.*|NODE_OPTIONS|NODE_CHANNEL_.*|ELECTRON_RUN_AS_NODE)$/;

/**
 * The environment of the user's own code, in every executor and every language: that of the shell, less what is meant
 * for Coreloom. NODE_OPTIONS could hold a debugger's port, which only one process can have.
 */
export function userEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name.toUpperCase()));
  return Object.fromEntries(kept) as Record<string, string>;
}
