import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../src/contract';
import { HELP_LINKS, menuTemplate, openHelpPage, type MenuOptions } from '../../src/main/menu';

const options: MenuOptions = {
  platform: 'linux',
  appName: 'Coreloom',
  isPackaged: true,
  openModule: () => undefined,
  exportReport: () => undefined,
  openHelp: () => undefined,
};

function below(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? below(item.submenu) : [])]);
}
const click = (item: MenuItemConstructorOptions): void => {
  (item.click as (() => void) | undefined)?.();
};

describe('the menu', () => {
  it.each<[NodeJS.Platform, string[]]>([
    ['linux', ['&File', 'editMenu', '&View', '&Window', '&Help']],
    ['win32', ['&File', 'editMenu', '&View', '&Window', '&Help']],
    ['darwin', ['Coreloom', '&File', 'editMenu', '&View', '&Window', '&Help']],
  ])('has the usual entries on %s', (platform, labels) => {
    expect(menuTemplate({ ...options, platform }).map((item) => item.label ?? item.role)).toEqual(labels);
  });

  it('can quit and close on every platform', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const roles = below(menuTemplate({ ...options, platform })).map((item) => item.role);
      expect(roles).toEqual(expect.arrayContaining(['quit', 'close', 'minimize', 'about']));
    }
  });

  it('exports every format', () => {
    const exported: string[] = [];
    const items = below(menuTemplate({ ...options, exportReport: (format) => exported.push(format) }));
    const formats = items.find((item) => item.label === 'Export report')?.submenu as MenuItemConstructorOptions[];
    formats.forEach(click);
    expect(exported).toEqual([...REPORT_FORMATS]);
  });

  it('opens a module, by the key that opens things', () => {
    let opened = 0;
    const items = below(menuTemplate({ ...options, openModule: () => (opened += 1) }));
    const item = items.find((one) => one.label === 'Open module…');
    expect(item?.accelerator).toBe('CmdOrCtrl+O');
    click(item ?? {});
    expect(opened).toBe(1);
  });

  it('offers developer tools to an unpackaged app only', () => {
    const roles = (isPackaged: boolean) => below(menuTemplate({ ...options, isPackaged })).map((item) => item.role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  it('links to the constant list, over https', () => {
    const opened: string[] = [];
    const items = below(menuTemplate({ ...options, openHelp: (url) => opened.push(url) }));
    items.filter((item) => HELP_LINKS.some(({ label }) => label === item.label)).forEach(click);
    expect(opened).toEqual(HELP_LINKS.map(({ url }) => url));
    expect(opened.every((url) => url.startsWith('https://'))).toBe(true);
  });
});

describe('openHelpPage', () => {
  it('opens a page of the list and nothing else', async () => {
    const opened: string[] = [];
    const openExternal = (url: string): Promise<void> => {
      opened.push(url);
      return Promise.resolve();
    };
    for (const url of ['https://example.com', 'file:///etc/passwd', `${HELP_LINKS[0].url}#x`, ''])
      await openHelpPage(url, openExternal);
    expect(opened).toEqual([]);
    await openHelpPage(HELP_LINKS[0].url, openExternal);
    expect(opened).toEqual([HELP_LINKS[0].url]);
  });
});
