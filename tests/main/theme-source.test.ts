import { expect, it } from 'vitest';
import { USUAL_APP_SETTINGS } from '../../src/contract';
import { followThemeSetting } from '../../src/main/theme-source';
import { fakeEngine } from '../support/fake-engine';

const dark = { ...USUAL_APP_SETTINGS, theme: 'dark' } as const;

it('has the theme of the settings from the beginning, follows a change, and stops', async () => {
  const engine = fakeEngine(() => ({ ok: true, value: { values: dark, folder: '', fault: null } }));
  const native: { themeSource: 'system' | 'light' | 'dark' } = { themeSource: 'system' };
  const stop = await followThemeSetting(engine, native);
  expect(native.themeSource).toBe('dark');
  engine.emit({ type: 'app-settings-changed', settings: { ...dark, theme: 'light' } });
  expect(native.themeSource).toBe('light');
  stop();
  expect(engine.listeners()).toBe(0);
});

it('stays with the system where the settings cannot be read', async () => {
  const engine = fakeEngine(() => ({ ok: false, error: { code: 'internal', message: '' } }));
  const native: { themeSource: 'system' | 'light' | 'dark' } = { themeSource: 'system' };
  await followThemeSetting(engine, native);
  expect(native.themeSource).toBe('system');
});
