import { describe, expect, it } from 'vitest';
import { onlyKnown, preventable, strict } from './main/strict';
import { realUrl, shownUrl } from './wire';

describe('the stand-in', () => {
  it('throws on what it does not know instead of answering undefined', () => {
    const dock = strict('app', { known: 1 }) as { known: number; dock?: unknown };
    expect(dock.known).toBe(1);
    expect(() => dock.dock).toThrow('The stand-in for Electron has no app.dock.');
    expect(() => {
      onlyKnown('these options', { frame: false }, ['show']);
    }).toThrow('frame');
  });

  it('can be awaited and shown without being asked for what it lacks', async () => {
    const target = strict('app', {});
    expect(await Promise.resolve(target)).toBe(target);
  });

  it('lets an event be prevented', () => {
    const event = preventable({ url: 'x' });
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
    expect([event.defaultPrevented, event.url]).toEqual([true, 'x']);
  });

  it.each([
    'coreloom://app/index.html?a#b',
    'coreloom://app',
    'https://example.com/x',
    'about:blank',
    'http://127.0.0.1:5173/',
  ])('shows %s and finds it again', (url) => {
    expect(realUrl(shownUrl(url))).toBe(url);
  });

  it('shows a custom scheme at an address that no network knows', () => {
    expect(shownUrl('coreloom://app/index.html')).toBe('https://app.coreloom.invalid/index.html');
  });
});
