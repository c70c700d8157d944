import { celsius, gigahertz } from '../../../contract';
import type { CoreClock } from '../charts/clock-history';

/** `3.9 GHz · 62 °C`, of what is known; empty without either. */
export function clockWords(clock: CoreClock = { mhz: null, celsius: null }): string {
  const known = [
    ...(clock.mhz === null ? [] : [gigahertz(clock.mhz)]),
    ...(clock.celsius === null ? [] : [celsius(clock.celsius)]),
  ];
  return known.join(' · ');
}
