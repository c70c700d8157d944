import { standInApp } from './app';
import { dialog } from './dialog';

/**
 * What Electron makes of its main process before the app's own code runs (lib/browser/init.ts): it survives an error that
 * nobody catches, and `process.exit` is `app.exit`, which returns.
 */
export function becomeMain(): void {
  process.on('uncaughtException', (error: unknown) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    dialog.showErrorBox('A JavaScript error occurred in the main process', `Uncaught Exception:\n${stack}`);
  });
  // There by an option of Node, --unhandled-rejections, which children would inherit here.
  process.on('unhandledRejection', (reason: unknown) => {
    if (process.listenerCount('unhandledRejection') === 1) process.emitWarning(String(reason));
  });
  standInApp.on('quit', (_event: unknown, code: number) => process.emit('exit', code));
  process.exit = ((code?: number | string) => {
    if (code !== undefined) process.exitCode = code;
    standInApp.exit(Number(process.exitCode ?? 0));
  }) as typeof process.exit;
}
