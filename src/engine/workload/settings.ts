import { CoreloomError, MODULE_WORKLOAD } from '../../contract';
import type { TaskInput, Workload } from './workload';

/**
 * Every setting of the workload with its value, the default where none was given. Throws `bad-input` for a setting that
 * the workload does not have, and for a value out of range; the sentence says what would be right.
 */
export function resolveWorkloadSettings(
  { info }: Workload,
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  for (const name of Object.keys(given)) {
    if (info.settings.some((setting) => setting.name === name)) continue;
    const known = info.settings.map((setting) => setting.name).join(', ');
    throw new CoreloomError(
      'bad-input',
      `${info.name === MODULE_WORKLOAD ? info.title : info.name} has no setting "${name}"; ${known === '' ? 'it has none' : `it has ${known}`}.`,
    );
  }
  return Object.fromEntries(
    info.settings.map(({ name, meaning, min, max, default: usual, whole }) => {
      const value = Object.hasOwn(given, name) ? (given[name] ?? Number.NaN) : usual;
      if (value >= min && value <= max && (!whole || Number.isInteger(value))) return [name, value];
      throw new CoreloomError(
        'bad-input',
        `The setting ${name} of ${info.name} (${meaning}) must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}, not ${value}.`,
      );
    }),
  );
}

/** The value of a setting for a task; its default where the task does not say. */
export function settingOf({ info }: Workload, name: string, { settings }: TaskInput): number {
  return settings?.[name] ?? info.settings.find((setting) => setting.name === name)?.default ?? 0;
}

/** What `prepare` called by this name. Throws `internal` where the task came without it. */
export function preparedOf(name: string, { workload, prepared }: TaskInput): string | number {
  const value = prepared?.[name];
  if (value === undefined)
    throw new CoreloomError(
      'internal',
      `A task of ${workload} came without the ${name} that was prepared for its run.`,
    );
  return value;
}
