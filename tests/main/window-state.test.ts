import { describe, expect, it } from 'vitest';
import { parseWindowState, placeWindow } from '../../src/main/window-state';

const first = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximised: false,
});

describe('parseWindowState', () => {
  it('reads what was saved', () => {
    const state = { bounds: { x: -5, y: 2, width: 900, height: 600 }, maximised: true };
    expect(parseWindowState(JSON.stringify(state))).toEqual(state);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":null,"maximised":true}',
    '{"bounds":{"x":0,"y":0,"width":0,"height":5},"maximised":true}',
    '{"bounds":{"x":0,"y":0,"width":1e99,"height":5},"maximised":false}',
    '{"bounds":{"x":"0","y":0,"width":9,"height":5},"maximised":false}',
    '{"bounds":{"x":0,"y":0,"width":9,"height":5}}',
  ])('answers null for %j', (text) => {
    expect(parseWindowState(text)).toBeNull();
  });
});

describe('placeWindow', () => {
  it('opens where the window was', () => {
    expect(placeWindow(at(100, 50), [first])).toEqual(at(100, 50));
    expect(placeWindow(at(2000, 50), [first, second])).toEqual(at(2000, 50));
  });

  it('opens in the middle of the primary display at first', () => {
    expect(placeWindow(null, [first, second]).bounds).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });

  it('fits a small display', () => {
    expect(placeWindow(null, [{ x: 0, y: 30, width: 1024, height: 700 }]).bounds).toEqual({
      x: 0,
      y: 30,
      width: 1024,
      height: 700,
    });
  });

  it('opens on the primary display when its own is gone', () => {
    const { bounds } = placeWindow(at(2000, 50), [first]);
    expect(bounds).toEqual(placeWindow(null, [first]).bounds);
  });

  it('pulls a window that sticks out back onto the display it shows most of', () => {
    expect(placeWindow(at(-400, 900), [first]).bounds).toEqual({ x: 0, y: 340, width: 1000, height: 700 });
    expect(placeWindow(at(2000, 50, 3000, 2000), [first, second]).bounds).toEqual({
      x: 1920,
      y: 0,
      width: 1280,
      height: 1000,
    });
  });

  it('remembers that it was maximised', () => {
    expect(placeWindow({ ...at(9000, 9000), maximised: true }, [first]).maximised).toBe(true);
  });
});
