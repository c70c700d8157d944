import type { ReadText } from './frequency';

/** Lists the names in a folder; empty where it is not there. */
export type ListFolder = (path: string) => string[];

/** Where the temperatures of the processor are read, in thousandths of a degree (Linux). */
export interface Thermometer {
  /** Its own sensors: of each package, cluster or die. Empty where there are none. */
  processor: string[];
  /** That of each core by number, where the driver has one for each. */
  cores: ReadonlyMap<number, string>;
}

/** The processor now, °C; null for what is not known. */
export interface Temperatures {
  /** The hottest of its sensors. */
  processor: number | null;
  /** By core number; null where cores have no sensors of their own. */
  cores: (number | null)[] | null;
}

/** Drivers of the processor’s own sensors: Intel, AMD. */
const DRIVERS = new Set(['coretemp', 'k10temp', 'zenpower']);
/** Values for the whole of it, the best first: Tctl may be Tdie with an offset that only fans are meant for. */
const LABELS = [/^(Package|Physical) id \d+$/, /^Tdie$/, /^Tctl$/];
/** Thermal zones of processors: of all of it, of a cluster or of a core; others are of a board, a battery, a radio. */
const ZONE = /^(x86_pkg_temp|(soc|package|cpu|cpuss|cls|bigcore|littlecore)[-_]?[\d-]*[-_]?(thermal|top|bottom)?)$/;

interface Sensor {
  file: string;
  label: string;
}

const textOf = (read: ReadText, path: string): string => (read(path) ?? '').trim();

/** The sensors of each driver of a processor. */
function drivers(read: ReadText, list: ListFolder): Sensor[][] {
  return list('/sys/class/hwmon')
    .map((name) => `/sys/class/hwmon/${name}`)
    .filter((folder) => DRIVERS.has(textOf(read, `${folder}/name`)))
    .map((folder) =>
      list(folder)
        .filter((file) => /^temp\d+_input$/.test(file))
        .sort((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)))
        .map((file) => ({
          file: `${folder}/${file}`,
          label: textOf(read, `${folder}/${file.replace('input', 'label')}`),
        })),
    )
    .filter((sensors) => sensors.length > 0);
}

function wholeOf(sensors: readonly Sensor[]): string[] {
  const best = LABELS.flatMap((label) => sensors.filter((sensor) => label.test(sensor.label)))[0] ?? sensors[0];
  return best ? [best.file] : [];
}

function zones(read: ReadText, list: ListFolder): string[] {
  return list('/sys/class/thermal')
    .filter((name) => name.startsWith('thermal_zone'))
    .map((name) => `/sys/class/thermal/${name}`)
    .filter((folder) => ZONE.test(textOf(read, `${folder}/type`)))
    .map((folder) => `${folder}/temp`);
}

/** coretemp labels its sensors by the number that a core has in its package: `Core 4` is not the fifth hardware thread. */
function ofCores(read: ReadText, drivenBy: readonly Sensor[][], cores: readonly number[]): Thermometer['cores'] {
  const files = new Map<string, string>();
  for (const sensors of drivenBy) {
    const named = (what: RegExp): string | undefined =>
      sensors.map(({ label }) => what.exec(label)?.[1]).find((found) => found !== undefined);
    const packageId = named(/^(?:Package|Physical) id (\d+)$/) ?? '0';
    for (const { label, file } of sensors) {
      const coreId = /^Core (\d+)$/.exec(label)?.[1];
      if (coreId !== undefined) files.set(`${packageId}:${coreId}`, file);
    }
  }
  return new Map(
    cores.flatMap((core) => {
      const at = (name: string): string => textOf(read, `/sys/devices/system/cpu/cpu${String(core)}/topology/${name}`);
      const file = files.get(`${at('physical_package_id')}:${at('core_id')}`);
      return file === undefined ? [] : [[core, file] as const];
    }),
  );
}

/** Finds the sensors of a processor: those of its driver, else its thermal zones. */
export function findThermometer(read: ReadText, list: ListFolder, cores: readonly number[]): Thermometer {
  const drivenBy = drivers(read, list);
  const whole = drivenBy.flatMap(wholeOf);
  return { processor: whole.length > 0 ? whole : zones(read, list), cores: ofCores(read, drivenBy, cores) };
}

/** Parses thousandths of a degree Celsius; null where the text is no believable temperature of a processor. */
export function parseTemperature(text: string | null): number | null {
  const celsius = text === null || text.trim() === '' ? NaN : Number(text.trim()) / 1000;
  return celsius > 0 && celsius < 150 ? celsius : null;
}

/** Reads what a thermometer shows now. */
export function readTemperatures(read: ReadText, { processor, cores }: Thermometer): Temperatures {
  const known = processor.map((file) => parseTemperature(read(file))).filter((celsius) => celsius !== null);
  const last = Math.max(-1, ...cores.keys());
  return {
    processor: known.length > 0 ? Math.max(...known) : null,
    cores:
      last < 0
        ? null
        : Array.from({ length: last + 1 }, (_, core) => {
            const file = cores.get(core);
            return file === undefined ? null : parseTemperature(read(file));
          }),
  };
}
