// The other of the engine's two doors, for hosts that read, show, compare and write reports without an engine.
export { CALL_ROUNDS } from '../statistics/difference';
export { regressions, type Regression } from '../kinds/compare/regression';
export { machineRows, workerWords } from '../report/words';
export { checkWritable, writeFileAtomic, writePrivateFile } from '../store';
export {
  checkFormat,
  contentOf,
  formatForPath,
  parseUntrustedReport,
  renderReport,
  reportJson,
  summaryText,
  textTable,
} from './any-kind';
export { checkArgument, openHistory } from './open-history';
export type { History } from './history';
export { canRescue, rescueReport, savedFile } from './rescue';
export { unlikeness } from './unlike';
