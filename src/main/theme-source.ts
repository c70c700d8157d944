import type { NativeTheme } from 'electron';
import type { AppSettings, KeptAppSettings } from '../contract';
import type { Engine } from '../engine';

/** Makes the app's colours what its settings say, now and when they change; resolves once they are. Answers the undoing. */
export async function followThemeSetting(
  engine: Pick<Engine, 'call' | 'on'>,
  native: Pick<NativeTheme, 'themeSource'>,
): Promise<() => void> {
  const follow = ({ theme }: AppSettings): void => {
    native.themeSource = theme;
  };
  const stop = engine.on((event) => {
    if (event.type === 'app-settings-changed') follow(event.settings);
  });
  const reply = await engine.call('getAppSettings', null);
  if (reply.ok) follow((reply.value as KeptAppSettings).values);
  return stop;
}
