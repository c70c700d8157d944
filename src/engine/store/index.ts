export { openAppSettings, type AppSettingsFile } from './app-settings';
export { dataFolder } from '../system/data-folder';
export { createReportStore } from './report-store';
export { selectReports } from './select-reports';
export type { ReportStore } from './types';
export { checkWritable, writeFileAtomic, writePrivateFile } from './write-file';
