import type { ReadText } from './frequency';

/** Lists the names in a folder; empty where it is not there. */
export type ListFolder = (path: string) => string[];

/** Drivers of the processor's own sensor, and the labels of the value for the whole of it. */
const DRIVERS = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'soc_thermal']);
const LABELS = ['Package id 0', 'Tdie', 'Tctl'];
const ZONES = ['x86_pkg_temp', 'cpu-thermal', 'cpu_thermal', 'soc-thermal', 'soc_thermal'];

function hwmonFile(read: ReadText, list: ListFolder): string | null {
  for (const name of list('/sys/class/hwmon')) {
    const folder = `/sys/class/hwmon/${name}`;
    if (!DRIVERS.has((read(`${folder}/name`) ?? '').trim())) continue;
    const inputs = list(folder)
      .filter((file) => /^temp\d+_input$/.test(file))
      .sort();
    const label = (file: string): string => (read(`${folder}/${file.replace('input', 'label')}`) ?? '').trim();
    const best = LABELS.flatMap((wanted) => inputs.filter((file) => label(file) === wanted))[0] ?? inputs[0];
    if (best !== undefined) return `${folder}/${best}`;
  }
  return null;
}

function zoneFile(read: ReadText, list: ListFolder): string | null {
  const zones = list('/sys/class/thermal').filter((name) => name.startsWith('thermal_zone'));
  const zone = zones.find((name) => ZONES.includes((read(`/sys/class/thermal/${name}/type`) ?? '').trim()));
  return zone === undefined ? null : `/sys/class/thermal/${zone}/temp`;
}

/** The file that holds the processor's temperature in thousandths of a degree (Linux); null where there is none. */
export function temperatureFile(read: ReadText, list: ListFolder): string | null {
  return hwmonFile(read, list) ?? zoneFile(read, list);
}

/** Parses thousandths of a degree Celsius; null where the text is no believable temperature of a processor. */
export function parseTemperature(text: string | null): number | null {
  const celsius = text === null || text.trim() === '' ? NaN : Number(text.trim()) / 1000;
  return celsius > 0 && celsius < 150 ? celsius : null;
}
