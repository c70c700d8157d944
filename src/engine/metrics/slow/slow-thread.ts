import { getPriority, setPriority } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { cpuTemperature } from 'systeminformation/lib/cpu.js';
import { readMachine } from '../machine/machine';
import type { FromSlow, ToSlow } from '../messages';
import { createCrossCheck, onlineCores } from './cross-check';
import { listFolder, readText } from './files';
import { readFrequencies } from './frequency';
import { findThermometer, readTemperatures, type Temperatures } from './temperature';

/** Off Linux a temperature costs the start of a program. */
const PORTABLE_TEMPERATURE_MS = 30_000;

function linuxTemperatures(): () => Temperatures {
  const thermometer = findThermometer(readText, listFolder, onlineCores());
  return () => readTemperatures(readText, thermometer);
}

function portableTemperatures(): () => Temperatures {
  let nextMs = 0;
  let processor: number | null = null;
  return () => {
    const now = performance.now();
    if (now < nextMs) return { processor, cores: null };
    nextMs = now + PORTABLE_TEMPERATURE_MS;
    cpuTemperature().then(
      ({ main }) => (processor = typeof main === 'number' && main > 0 ? main : null),
      () => (processor = null),
    );
    return { processor, cores: null };
  };
}

/** Everything that may block goes here, on a thread of the sampler's process that no tick waits for. */
export function serveSlowReadings(port: MessagePort): void {
  // A Linux thread has a priority of its own; what this one starts must not run before the work that is measured.
  if (process.platform === 'linux' && getPriority(0) < 0) setPriority(0, 0);
  const send = (message: FromSlow): void => {
    port.postMessage(message);
  };
  const crossCheck = createCrossCheck();
  const temperatures = process.platform === 'linux' ? linuxTemperatures() : portableTemperatures();
  let busy = false;

  async function poll(): Promise<void> {
    if (busy) return;
    busy = true;
    const frequencyMhz =
      process.platform === 'linux' ? readFrequencies(readText, Math.max(...onlineCores()) + 1) : null;
    const { processor: temperatureC, cores: coreTemperatureC } = temperatures();
    send({ type: 'reading', reading: { load: await crossCheck(), frequencyMhz, temperatureC, coreTemperatureC } });
    busy = false;
  }

  port.on('message', (message: ToSlow) => {
    switch (message.type) {
      case 'poll':
        void poll();
        break;
      case 'machine':
        void readMachine(readText).then((facts) => {
          send({ type: 'machine', facts });
        });
    }
  });
}
