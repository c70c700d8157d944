import { Link } from '../link';
import type { DisplayRequests, MainRequests } from '../wire';
import { endProcess } from './end-process';

type MainHandlers = { [Type in keyof MainRequests]?: (argument: MainRequests[Type]) => unknown };

const handlers: MainHandlers = {};

/** Registers how this process answers the display. */
export function answer<Type extends keyof MainRequests>(
  type: Type,
  handler: (argument: MainRequests[Type]) => unknown,
): void {
  Object.assign(handlers, { [type]: handler });
}

const link = new Link(
  {
    send: (message) => {
      if (process.send === undefined) throw new Error('The stand-in is started by a test, over a channel.');
      process.send(message);
    },
    listen: (receive) => {
      process.on('message', receive);
    },
  },
  handlers as Record<string, (argument: never) => unknown>,
);

// Without its test nobody would ever end it.
process.on('disconnect', () => endProcess(1));

/** Asks the display, which owns the browser. */
export function askDisplay<Type extends keyof DisplayRequests>(
  type: Type,
  argument: DisplayRequests[Type],
): Promise<unknown> {
  return link.request(type, argument);
}

/** Tells the display something whose failure means only that the page has gone meanwhile. */
export function tellDisplay<Type extends keyof DisplayRequests>(type: Type, argument: DisplayRequests[Type]): void {
  askDisplay(type, argument).catch(() => undefined);
}
