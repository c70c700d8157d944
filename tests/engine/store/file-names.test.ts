import { describe, expect, it } from 'vitest';
import { nameFault } from '../../../src/engine/store/file-names';

describe('the name of a file', () => {
  it.each([
    ['a:b.json', /none of/],
    ['what?.md', /none of/],
    ['run.json ', /at the end/],
    ['run.', /at the end/],
    ['nul.json', /device/],
    ['Con', /device/],
    ['com1.tar.gz', /device/],
    ['LPT¹.csv', /device/],
  ])('is refused on Windows before it is written to: %s', (name, words) => {
    expect(nameFault(name, 'win32')).toMatch(words);
    expect(nameFault(name, 'linux')).toBeNull();
    expect(nameFault(name, 'darwin')).toBeNull();
  });

  it.each(['run.json', 'console.json', 'nullen.csv', 'com10.md', 'päth with spaces.html', '.hidden'])(
    'is taken on Windows: %s',
    (name) => {
      expect(nameFault(name, 'win32')).toBeNull();
    },
  );
});
