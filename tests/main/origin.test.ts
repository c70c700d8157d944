import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, APP_URL, originOf, pageSource } from '../../src/main/origin';

const own = { url: APP_URL, origin: APP_ORIGIN };

describe('pageSource', () => {
  it('is the built renderer unless a development server is named', () => {
    expect(pageSource({ isPackaged: false, developmentUrl: undefined })).toEqual(own);
  });

  it.each(['http://localhost:5173', 'http://127.0.0.1:5173/', 'http://[::1]:5173'])(
    'honours the development server %s',
    (developmentUrl) => {
      const { origin } = pageSource({ isPackaged: false, developmentUrl });
      expect(origin).toBe(new URL(developmentUrl).origin);
    },
  );

  it.each([
    'http://example.com',
    'http://127.0.0.1.example.com:5173',
    'https://localhost:5173',
    'file:///etc/passwd',
    'not a url',
    '',
  ])('refuses the development server %j', (developmentUrl) => {
    expect(pageSource({ isPackaged: false, developmentUrl })).toEqual(own);
  });

  it('honours no development server once packaged', () => {
    expect(pageSource({ isPackaged: true, developmentUrl: 'http://localhost:5173' })).toEqual(own);
  });
});

describe('originOf', () => {
  it.each([
    ['coreloom://app/index.html?x#y', APP_ORIGIN],
    ['coreloom://app.evil.test/index.html', 'coreloom://app.evil.test'],
    ['http://localhost:5173/a', 'http://localhost:5173'],
    ['about:blank', null],
    ['data:text/html,hi', null],
    ['nonsense', null],
  ])('of %s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin);
  });
});
