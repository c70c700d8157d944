import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserWindow } from 'electron';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SAFE_WEB_PREFERENCES } from '../../src/main/security';
import {
  BACKGROUND,
  bringForward,
  followTheme,
  reloadAfterCrash,
  reloadWhenAsked,
  showWhenDrawn,
  windowOptions,
} from '../../src/main/window';
import { ROOT } from '../support/paths';

class FakeWindow extends EventEmitter {
  readonly log: string[] = [];
  readonly webContents = Object.assign(new EventEmitter(), {
    reload: () => this.log.push('reload'),
    forcefullyCrashRenderer: () => this.log.push('end'),
  });
  visible = false;
  minimised = false;
  isDestroyed = (): boolean => false;
  isVisible = (): boolean => this.visible;
  isMinimized = (): boolean => this.minimised;
  show = (): void => {
    this.visible = true;
    this.log.push('show');
  };
  maximize = (): unknown => this.log.push('maximize');
  restore = (): unknown => this.log.push('restore');
  focus = (): unknown => this.log.push('focus');
  setBackgroundColor = (color: string): unknown => this.log.push(color);
  get window(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }
}

const place = { bounds: { x: 1, y: 2, width: 1000, height: 700 }, maximised: false };

describe('the window', () => {
  it('opens where it was, hidden, safe, in the colour of the theme', () => {
    const options = windowOptions(place, { preload: '/preload.cjs', theme: { shouldUseDarkColors: true } });
    expect(options).toMatchObject({ ...place.bounds, show: false, backgroundColor: BACKGROUND.dark });
    expect(options.webPreferences).toEqual({ ...SAFE_WEB_PREFERENCES, preload: '/preload.cjs' });
    expect(windowOptions(place, { preload: '', theme: { shouldUseDarkColors: false } }).backgroundColor).toBe(
      BACKGROUND.light,
    );
  });

  it('has the backgrounds of the page', () => {
    const tokens = readFileSync(resolve(ROOT, 'src/renderer/src/theme/tokens.css'), 'utf8');
    const [, light, dark] = /--bg:\s*light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)/.exec(tokens) ?? [];
    expect([dark, light]).toEqual([BACKGROUND.dark, BACKGROUND.light]);
  });

  it('is shown once its page is drawn, maximised if it was', () => {
    const fake = new FakeWindow();
    showWhenDrawn(fake.window, true, () => fake.log.push('shown'));
    expect(fake.log).toEqual([]);
    fake.emit('ready-to-show');
    expect(fake.log).toEqual(['maximize', 'show', 'shown']);
  });

  it.each(['did-finish-load', 'did-fail-load'])(
    'is shown, once, where it is not said to be ready before %s',
    (event) => {
      const fake = new FakeWindow();
      showWhenDrawn(fake.window, false, () => fake.log.push('shown'));
      fake.webContents.emit(event);
      fake.emit('ready-to-show');
      expect(fake.log).toEqual(['show', 'shown']);
    },
  );

  it('is shown after 1.5 s where nothing is said of its page', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const fake = new FakeWindow();
    showWhenDrawn(fake.window, false, () => fake.log.push('shown'));
    vi.advanceTimersByTime(1_499);
    expect(fake.log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fake.log).toEqual(['show', 'shown']);
    fake.emit('ready-to-show');
    expect(fake.log).toEqual(['show', 'shown']);
  });

  it('follows the theme until told not to', () => {
    const fake = new FakeWindow();
    const theme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
    const stop = followTheme(fake.window, theme as never);
    theme.emit('updated');
    stop();
    theme.emit('updated');
    expect(fake.log).toEqual([BACKGROUND.light]);
  });

  it('comes forward from the background', () => {
    const fake = new FakeWindow();
    fake.minimised = true;
    bringForward(fake.window);
    expect(fake.log).toEqual(['restore', 'show', 'focus']);
  });

  it('loads its page again after a crash, three times, then gives up', () => {
    const fake = new FakeWindow();
    const reasons: string[] = [];
    reloadAfterCrash(fake.window, (reason) => reasons.push(reason));
    fake.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    for (let crash = 0; crash < 4; crash++) fake.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(fake.log).toEqual(['reload', 'reload', 'reload']);
    expect(reasons).toEqual(['oom']);
  });

  it('ends its page that does not respond when it is to be loaded again, and asks once at a time', async () => {
    const fake = new FakeWindow();
    const answers: ((again: boolean) => void)[] = [];
    reloadWhenAsked(fake.window, () => new Promise((resolve) => answers.push(resolve)));
    fake.emit('unresponsive');
    fake.emit('unresponsive');
    expect(answers).toHaveLength(1);
    answers[0]?.(false);
    await Promise.resolve();
    expect(fake.log).toEqual([]);
    fake.emit('unresponsive');
    answers[1]?.(true);
    await vi.waitFor(() => {
      expect(fake.log).toEqual(['end']);
    });
  });

  it('takes the question back where its page responds after all', async () => {
    const fake = new FakeWindow();
    let asked: AbortSignal | undefined;
    reloadWhenAsked(fake.window, (signal) => {
      asked = signal;
      // As a box does that is closed: with the button that cancels, or with whichever was just pressed.
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(true);
        });
      });
    });
    fake.emit('responsive');
    fake.emit('unresponsive');
    fake.emit('responsive');
    expect(asked?.aborted).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.log).toEqual([]);
  });
});
