/** Starts the run's server as an engine does, tells where it is, and waits to be killed. */
import { fork } from 'node:child_process';

const child = fork(process.argv[2], [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
child.once('message', ({ port }) => console.log(JSON.stringify({ pid: child.pid, port })));
