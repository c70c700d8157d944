import type { Engine, ModuleHost } from '../engine';
import type { Interrupt } from './interrupt';
import type { Terminal } from './terminal';
import type { Report } from '../contract';

/** The documented exit codes. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export interface Option {
  /** What stands for its value in the help; none for a switch. */
  value?: string;
  summary: string;
  multiple?: boolean;
}

/** What a command line says of the engine. */
interface EngineChoices {
  /** The path of the Python to use, where one was given. */
  python?: string | undefined;
  /** Which of the user's own files may run; default: none. */
  modules?: ModuleHost | undefined;
}

/** What a command is given to work with. */
export interface Context {
  terminal: Terminal;
  interrupt: Interrupt;
  openEngine(host: Report['createdBy']['host'], options?: EngineChoices): Promise<Engine>;
  /** The built page. */
  rendererFolder: string;
  /** What coreloom new writes. */
  templatesFolder: string;
}

/** A command line, checked against the command's table. */
export interface Line {
  argument: string | null;
  /** Every word that is no option, the argument too. */
  words: readonly string[];
  has(option: string): boolean;
  /** The value of an option, the last where it was given twice. */
  text(option: string): string | undefined;
  all(option: string): string[];
}

export interface Command {
  name: string;
  summary: string;
  /** The one word that may follow the command's name. */
  argument?: { name: string; summary: string };
  /** Where more than one word may follow: how many at most, and what the help shows for them. */
  words?: { shown: string; most: number };
  options: Record<string, Option>;
  /** Paragraphs beneath the options. */
  notes?: string[];
  examples?: string[];
  /** Answers the exit code. */
  run(line: Line, context: Context): Promise<number>;
}
