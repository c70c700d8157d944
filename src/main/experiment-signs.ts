import type { BrowserWindow, Notification, PowerSaveBlocker } from 'electron';
import {
  capital,
  kindFacts,
  OUTCOME_TITLES,
  type AppSettings,
  type ExperimentState,
  type KeptAppSettings,
} from '../contract';
import type { Engine } from '../engine';
import { bringForward } from './window';

export interface SignsOptions {
  engine: Pick<Engine, 'call' | 'on'>;
  window: BrowserWindow;
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  /** Makes a notification; null where the system shows none. */
  createNotification(text: { title: string; body: string }): Pick<Notification, 'on' | 'show'> | null;
  nowMs(): number;
}

/** An experiment that ended sooner is still looked at, ms. */
const WORTH_TELLING_MS = 10_000;
/** The bar of the dock and the taskbar: gone, and moving without an end. */
const NO_BAR = -1;
const ENDLESS_BAR = 2;

/** What is on now. */
interface Shown {
  id: string;
  sinceMs: number;
  blockId: number;
}

/**
 * Shows outside of the window that an experiment is on: by the bar of the dock or taskbar, and by a notification when a long one
 * ends behind another window; the machine does not fall asleep meanwhile. Returns the undoing.
 */
export function showExperimentSigns({ engine, window, blocker, createNotification, nowMs }: SignsOptions): () => void {
  let shown: Shown | null = null;

  const setBar = (share: number): void => {
    if (!window.isDestroyed()) window.setProgressBar(share);
  };
  const begin = ({ id }: ExperimentState): void => {
    end();
    shown = { id, sinceMs: nowMs(), blockId: blocker.start('prevent-app-suspension') };
  };
  const end = (): void => {
    if (shown === null) return;
    blocker.stop(shown.blockId);
    shown = null;
    setBar(NO_BAR);
  };
  const tell = async (state: ExperimentState): Promise<void> => {
    const reply = await engine.call('getAppSettings', null);
    const { notify } = reply.ok
      ? (reply.value as KeptAppSettings).values
      : ({ notify: true } satisfies Partial<AppSettings>);
    if (!notify || window.isDestroyed() || window.isFocused()) return;
    const notification = createNotification(wordsOf(state));
    notification?.on('click', () => {
      bringForward(window);
    });
    notification?.show();
  };

  const stop = engine.on((event) => {
    if (event.type === 'experiment-changed' && event.experiment.outcome === null) {
      const { experiment } = event;
      if (shown?.id !== experiment.id) begin(experiment);
      setBar(experiment.progress ?? ENDLESS_BAR);
    }
    if (event.type === 'experiment-ended') {
      const tookMs = shown?.id === event.experiment.id ? nowMs() - shown.sinceMs : 0;
      end();
      if (tookMs > WORTH_TELLING_MS) void tell(event.experiment);
    }
  });
  return () => {
    stop();
    end();
  };
}

function wordsOf({ kind, outcome, failure }: ExperimentState): { title: string; body: string } {
  const how = outcome === null ? 'ended' : OUTCOME_TITLES[outcome];
  return {
    title: `${capital(kindFacts(kind).noun)}: ${how}`,
    body: failure?.message ?? 'Open Coreloom to see the result.',
  };
}
