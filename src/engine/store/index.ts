export { dataFolder } from './data-folder';
export { createReportStore, type ReportStoreOptions } from './report-store';
export { selectReports } from './select-reports';
export type { ReportCodec, ReportStore, SavedReports } from './types';
export { checkWritable, writeFileAtomic, writePrivateFile } from './write-file';
