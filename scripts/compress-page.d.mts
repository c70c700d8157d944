import type { Plugin } from 'vite';

/** Writes `.br` and `.gz` beside each text file of the built page. */
export declare const compressPage: Plugin;
