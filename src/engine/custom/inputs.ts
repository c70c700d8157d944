import { NotCloneable, resultChecksum } from './checksum';
import { kindOf, ModuleFault } from './fault';
import { errorPlace } from './load';
import { placeText } from './place';
import { said } from './said';
import { MAX_INPUTS } from './types';

export interface InputsRequest {
  path: string;
  seed: number;
  size: number;
}

/**
 * The inputs that a module exports: a list, something that can be iterated, or a function (a generator) of
 * `{ seed, size }` that answers one; the first MAX_INPUTS of them. Throws `ModuleFault`.
 */
export async function collectInputs(exported: unknown, { path, seed, size }: InputsRequest): Promise<unknown[]> {
  const file = placeText({ file: path, line: 1, column: null });
  const inputs: unknown[] = [];
  try {
    const made: unknown =
      typeof exported === 'function' ? await (exported as (request: object) => unknown)({ seed, size }) : exported;
    if (!isIterable(made))
      throw new ModuleFault(
        `${file}: the module's inputs are ${kindOf(made)}; they must be a list, a generator, or a function that returns one of these.`,
      );
    for await (const input of made) {
      if (inputs.push(input) === MAX_INPUTS) break;
    }
  } catch (error) {
    if (error instanceof ModuleFault) throw error;
    const place = errorPlace(error, path);
    throw new ModuleFault(
      `${place === null ? file : placeText(place)}: creating the module's inputs failed: ${said(error)}; fix that code.`,
    );
  }
  if (inputs.length === 0)
    throw new ModuleFault(`${file}: the module's inputs are empty; provide at least one, or remove the export.`);
  inputs.forEach((input, index) => {
    refuse(input, index, file);
  });
  return inputs;
}

function refuse(input: unknown, index: number, file: string): void {
  try {
    resultChecksum(input);
  } catch (error) {
    const what =
      error instanceof NotCloneable ? error.message.replace(/\bresult\b/, `inputs[${String(index)}]`) : said(error);
    throw new ModuleFault(`${file}: an input cannot be sent to a worker, because ${what}; use plain data.`);
  }
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return (
    typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function' ||
    typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  );
}
