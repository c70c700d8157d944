import { z } from 'zod';
import { binarySize } from '../figures';
import { MAX_IMPORT_BYTES, MAX_LISTED, MAX_NOTE, MAX_TITLE, SIDE_BY_SIDE } from '../limits';
import { REPORT_FORMATS } from '../formats';
import type { ExperimentKind } from '../kinds';
import { REPORT_SORTS, SORT_ORDERS } from '../names';
import { appSettingsChange } from './app-settings';
import { choice, path, shortText, wholeNumber, workerCounts, yesOrNo } from './settings';

const nothing = z.union([z.null(), z.undefined()]).transform(() => null);

const experimentChange = z.strictObject({
  workers: workerCounts.describe('Workers that are wanted from now on; executors not named stay as they are.'),
});
/** What can be changed while an experiment is on. */
export interface ExperimentChange extends z.infer<typeof experimentChange> {}

const stopCause = z.strictObject({
  interrupted: yesOrNo('interrupted').describe(
    'Whether a signal or the end of its host stops it, and not somebody who has seen enough.',
  ),
});
/** Why an experiment is stopped: `interrupted` by a signal or with its host, and not because enough was seen. */
export interface StopCause extends z.infer<typeof stopCause> {}

const reportQuery = (kinds: readonly [ExperimentKind, ...ExperimentKind[]]) =>
  z.strictObject({
    search: shortText('search')
      .optional()
      .describe(
        'Words that a report must all have somewhere: title, note, workload, kind, executors, finding, day or id.',
      ),
    kind: choice('kind', kinds).optional().describe('The kind that is wanted; default: every kind.'),
    sort: choice('sort', REPORT_SORTS).optional().describe('What they are sorted by; default: `started`.'),
    order: choice('order', SORT_ORDERS).optional().describe('Default: newest and largest first, names from a to z.'),
    offset: wholeNumber('offset', { min: 0, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .describe('How many to leave out at the beginning; default: none.'),
    limit: wholeNumber('limit', { min: 0, max: MAX_LISTED })
      .optional()
      .describe('How many to list: at most MAX_LISTED; default: LISTED.'),
  });
/** Which saved reports are wanted, and in which order. */
export interface ReportQuery extends z.infer<ReturnType<typeof reportQuery>> {}

const id = shortText('id').describe('The id of a saved report.');

const reportChoice = z.strictObject({ id });
/** One saved report. */
export interface ReportChoice extends z.infer<typeof reportChoice> {}

const reportExport = z.strictObject({
  id,
  format: choice('format', REPORT_FORMATS).describe('What it is rendered as.'),
});
/** A saved report, and what it is to be rendered as. */
export interface ReportExport extends z.infer<typeof reportExport> {}

const reportTitle = z.strictObject({
  id,
  // One line: a line break or another control character has no place in a title.
  title: z
    .string({ error: 'title must be text' })
    .max(MAX_TITLE, { error: `title must be at most ${String(MAX_TITLE)} characters long` })
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, { error: 'title must be one line' })
    .describe('Its title, one line; an empty one takes the title away.'),
});
/** A saved report, and the title that it gets. */
export interface ReportTitle extends z.infer<typeof reportTitle> {}

const reportNote = z.strictObject({
  id,
  note: z
    .string({ error: 'note must be text' })
    .max(MAX_NOTE, { error: `note must be at most ${String(MAX_NOTE)} characters long` })
    .describe('Its note; an empty one takes the note away.'),
});
/** A saved report, and the note that it gets. */
export interface ReportNote extends z.infer<typeof reportNote> {}

const reportText = z.strictObject({
  text: z
    .string({ error: 'text must be text' })
    .max(MAX_IMPORT_BYTES, { error: `text must be at most ${binarySize(MAX_IMPORT_BYTES)} long` })
    .describe('The report as JSON.'),
});
/** A report that comes from elsewhere. */
export interface ReportText extends z.infer<typeof reportText> {}

const { min, max } = SIDE_BY_SIDE;
const reportChoices = z.strictObject({
  ids: z
    .array(id, { error: 'ids must be a list' })
    .min(min, { error: `ids must name ${String(min)} to ${String(max)} reports` })
    .max(max, { error: `ids must name ${String(min)} to ${String(max)} reports` })
    .refine((ids) => new Set(ids).size === ids.length, { error: 'ids must name each report once' })
    .describe('The ids of saved reports, two to four, each once.'),
});
/** Saved reports that are set side by side. */
export interface ReportChoices extends z.infer<typeof reportChoices> {}

const moduleChoice = z.strictObject({ module: path('module').describe('Absolute path of a module.') });
/** One file of the user. */
export interface ModuleChoice extends z.infer<typeof moduleChoice> {}

/** The argument of every command but `startExperiment`, whose settings are each kind's own; `kinds`: those that can be asked for. */
export const commandArguments = (kinds: readonly [ExperimentKind, ...ExperimentKind[]]) => ({
  getState: nothing,
  updateExperiment: experimentChange,
  stopExperiment: stopCause.nullish().transform((cause) => cause ?? null),
  listReports: reportQuery(kinds)
    .nullish()
    .transform((query) => query ?? null),
  getReport: reportChoice,
  readReport: reportChoice,
  exportReport: reportExport,
  renameReport: reportTitle,
  noteReport: reportNote,
  deleteReport: reportChoice,
  restoreReport: reportChoice,
  importReport: reportText,
  compareReports: reportChoices,
  getAppSettings: nothing,
  changeAppSettings: appSettingsChange,
  listModules: nothing,
  chooseModule: nothing,
  inspectModule: moduleChoice,
});
