import { Markup } from './markup';

const THREADS = 'M4 2v18M11 2v18M18 2v18';
const ROWS = 'M2 6h18M2 11h18M2 16h18';

/** The mark of Coreloom: three threads, woven. Drawn in fixed colours, which hold on dark and light. */
export const MARK = new Markup(
  `<svg class="mark" aria-hidden="true" viewBox="0 0 22 22" fill="none" stroke-width="2.4" stroke-linecap="round"><path class="warp" d="${THREADS}"/><path class="weft" d="${ROWS}" stroke-dasharray="5 4"/></svg>`,
);

/** The same mark as the page's own icon, without an address outside the page. */
export const MARK_ADDRESS = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -3 28 28" fill="none" stroke-width="2.6" stroke-linecap="round"><rect x="-3" y="-3" width="28" height="28" rx="6" fill="#151a20"/><path stroke="#56b4e9" d="${THREADS}"/><path stroke="#e69f00" stroke-dasharray="5 4" d="${ROWS}"/></svg>`,
)}`;
