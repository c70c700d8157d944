import type { ErrorInfo } from '../contract';
import type { Interrupt } from './interrupt';

/**
 * Whether a warning is news. A terminal's Ctrl-C reaches the sampler too, and ends it where it had just begun to start:
 * that is no fault of anything once the end was asked for.
 */
export function isNews(warning: ErrorInfo, interrupt: Pick<Interrupt, 'requested'>): boolean {
  return !(interrupt.requested && warning.code === 'sampler-failed');
}
