import { plainIn } from '../../contract';
import {
  believable,
  completeReport,
  MAX_REPORT_BYTES,
  isSummary,
  parseReportText,
  reportJson,
  summarize,
} from './any-kind';
import { createReportStore, type ReportStore } from '../store';

/**
 * Saved reports, kept as JSON in `<home>/reports`: the store and the report's format, put together. A file may have come
 * there in any way, so its texts are plain and its values possible once it is read.
 */
export function createStore({ home }: { home: string }): ReportStore {
  return createReportStore({
    home,
    complete: completeReport,
    codec: {
      maxBytes: MAX_REPORT_BYTES,
      serialize: reportJson,
      parse: (text) => believable(plainIn(parseReportText(text))),
      summarize,
      isSummary,
    },
  });
}
