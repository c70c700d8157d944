import type { ReportRenderer } from './types';
import { reportPage } from './html/page';

/** The page as it is printed. */
export const pdf: ReportRenderer = {
  format: 'pdf',
  title: 'PDF',
  extensions: ['.pdf'],
  mediaType: 'application/pdf',
  render: (report, { printPdf }) => printPdf(reportPage(report)),
};
