import type { ErrorInfo } from '../contract';
import type { Interrupt } from './interrupt';

/** A signal to the whole group may reach this process after the one that dies of it. */
const SIGNAL_MS = 250;

/**
 * Tells a warning, unless it is none: a terminal's Ctrl-C reaches the sampler too, and ends it where it had only begun
 * to start. That is no fault of anything once the end was asked for.
 */
export function tellWarning(
  warning: ErrorInfo,
  interrupt: Pick<Interrupt, 'requested'>,
  tell: (sentence: string) => void,
): void {
  const sentence = `coreloom: ${warning.message}\n`;
  if (warning.code !== 'sampler-failed') {
    tell(sentence);
    return;
  }
  setTimeout(() => {
    if (!interrupt.requested) tell(sentence);
  }, SIGNAL_MS);
}
