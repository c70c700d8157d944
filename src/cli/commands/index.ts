import type { Command } from '../command';
import { answerCommand } from './answer';
import { compareCommand } from './compare';
import { historyCommand } from './history';
import { labCommand } from './lab';
import { machineCommand } from './machine';
import { newCommand } from './new';
import { reportCommand } from './report';
import { runCommand } from './run';
import { scaleCommand } from './scale';
import { scorecardCommand } from './scorecard';
import { serveCommand } from './serve';
import { workloadsCommand } from './workloads';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  answerCommand,
  runCommand,
  compareCommand,
  scaleCommand,
  labCommand,
  scorecardCommand,
  reportCommand,
  historyCommand,
  newCommand,
  workloadsCommand,
  machineCommand,
  serveCommand,
];
