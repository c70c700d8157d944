// Fails where files import one another in a circle, be it for types alone; knip's own check sees imports of values alone.
import { resolve } from 'node:path';
import { cyclesIn, importGraph } from './import-graph.mjs';

const root = resolve(import.meta.dirname, '..');
const cycles = cyclesIn(importGraph(root, ['src', 'tests', 'scripts', 'bench']));
for (const cycle of cycles) console.error(cycle.join('\n  imports '));
process.exitCode = cycles.length > 0 ? 1 : 0;
