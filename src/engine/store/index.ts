export { dataFolder } from './data-folder';
export { createReportStore, type ReportStoreOptions } from './report-store';
export type { ReportCodec, ReportStore } from './types';
export { checkWritable, writeFileAtomic } from './write-file';
