import type { PythonInterpreter } from '../types';
import { candidates, thisMachine, type Surroundings } from './candidates';
import { probe, type Probed, type Rejected } from './probe';

export interface FindOptions {
  /** The folder of the host: resources/python. */
  hostFolder: string;
  /** A path that the user gave: it comes first, and is rejected with a sentence where it is no Python. */
  explicit?: string;
  /** Where to look; default: this machine. */
  surroundings?: Surroundings;
  /** Whether the first that works is enough: the others are then not asked. */
  first?: boolean;
  /** Longest time for one interpreter's answer, ms. */
  limitMs?: number;
}

export interface FoundInterpreters {
  /** What the user would get by typing `python3` comes first; each executable once. */
  interpreters: PythonInterpreter[];
  rejected: Rejected[];
}

/** Starting a Python is mostly computing: more at a time only wait for each other. */
const AT_A_TIME = 2;

/** Finds the CPythons of this machine and asks each once what it is. Never rejects. */
export async function findInterpreters(options: FindOptions): Promise<FoundInterpreters> {
  const { first = false } = options;
  let enough = false;
  const waiting = candidates(options.surroundings ?? thisMachine(), options.explicit).map((candidate, at) => ({
    candidate,
    at,
  }));
  const answers: Probed[] = [];
  const take = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !enough; next = waiting.shift()) {
      const answer = await probe(next.candidate, options);
      answers[next.at] = answer;
      enough ||= first && answer.ok;
    }
  };
  await Promise.all(Array.from({ length: first ? 1 : AT_A_TIME }, take));
  return sorted(answers.filter((answer) => answer !== undefined));
}

function sorted(answers: Probed[]): FoundInterpreters {
  const found = new Map<string, PythonInterpreter>();
  const rejected: Rejected[] = [];
  for (const answer of answers) {
    if (answer.ok) {
      const { executable } = answer.interpreter;
      if (!found.has(executable)) found.set(executable, answer.interpreter);
    } else {
      const { ok: _, ...rest } = answer;
      rejected.push(rest);
    }
  }
  return { interpreters: [...found.values()], rejected };
}
