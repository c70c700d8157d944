import { basename, dirname, extname, join } from 'node:path';
import type { FileFilter, SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import { formatFacts, formatOfFile, type ExportResult } from '../contract';
import type { EngineOptions } from '../engine';

type RenderedReport = Parameters<EngineOptions['saveReport']>[0];

export interface SaveReportOptions {
  ask(options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
  /** Writes all or nothing; rejects with a `CoreloomError` whose message can be shown. */
  write(path: string, content: string | Uint8Array): Promise<unknown>;
  /** Where the first dialog opens. */
  folder: string;
}

function filters(fileName: string): FileFilter[] {
  const extension = extname(fileName).slice(1).toLowerCase();
  const all: FileFilter = { name: 'All files', extensions: ['*'] };
  const format = formatOfFile(fileName);
  return format === null ? [all] : [{ name: formatFacts(format).title, extensions: [extension] }, all];
}

/**
 * How the desktop ends an export: the save dialog, then an atomic write. Later dialogs open in the folder chosen last.
 * Errors: `not-writable`, `disk-full`; the report itself is kept among the saved ones whatever happens here.
 */
export function createSaveReport(options: SaveReportOptions): (rendered: RenderedReport) => Promise<ExportResult> {
  let folder = options.folder;
  return async (rendered) => {
    const fileName = basename(rendered.fileName);
    const answer = await options.ask({
      title: 'Export report',
      defaultPath: join(folder, fileName),
      filters: filters(fileName),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (answer.canceled || answer.filePath === '') return { state: 'cancelled' };
    folder = dirname(answer.filePath);
    await options.write(answer.filePath, rendered.content);
    return { state: 'saved', path: answer.filePath };
  };
}
