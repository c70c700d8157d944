/** Said where something cannot be measured here; never 0. */
export const NOT_AVAILABLE = 'not available here';

/** A wall time as a person reads it: 22 Nov, 19:05. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? iso
    : `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
