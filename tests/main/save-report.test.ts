import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { CoreloomError } from '../../src/contract';
import { createSaveReport } from '../../src/main/save-report';

const rendered = { fileName: 'sha256.html', mediaType: 'text/html', content: '<html>' };

function saving(
  answers: { canceled: boolean; filePath: string }[],
  write: (path: string, content: string) => Promise<unknown> = () => Promise.resolve(),
) {
  const asked: SaveDialogOptions[] = [];
  const save = createSaveReport({
    ask: (options) => {
      asked.push(options);
      return Promise.resolve(answers.shift() ?? { canceled: true, filePath: '' });
    },
    write,
    folder: 'Documents',
  });
  return { asked, save };
}

describe('saving a report', () => {
  it('suggests the name and the kind, writes the text where it was told to', async () => {
    const written: string[][] = [];
    const path = join('Desktop', 'my.html');
    const { asked, save } = saving([{ canceled: false, filePath: path }], (...args) =>
      Promise.resolve(written.push(args)),
    );
    expect(await save(rendered)).toEqual({ state: 'saved', path });
    expect(written).toEqual([[path, '<html>']]);
    expect(asked[0]).toMatchObject({
      defaultPath: join('Documents', 'sha256.html'),
      filters: [
        { name: 'HTML', extensions: ['html'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
  });

  it('writes nothing when cancelled', async () => {
    const { save } = saving([{ canceled: true, filePath: '' }], () => Promise.reject(new Error('written')));
    expect(await save(rendered)).toEqual({ state: 'cancelled' });
  });

  it('opens the next dialog in the folder chosen last', async () => {
    const { asked, save } = saving([{ canceled: false, filePath: join('Elsewhere', 'a.html') }]);
    await save(rendered);
    await save(rendered);
    expect(asked[1]?.defaultPath).toBe(join('Elsewhere', 'sha256.html'));
  });

  it("never lets a report's name choose a folder", async () => {
    const { asked, save } = saving([]);
    await save({ ...rendered, fileName: '../../evil.html' });
    expect(asked[0]?.defaultPath).toBe(join('Documents', 'evil.html'));
  });

  it('passes on why it could not write', async () => {
    const full = new CoreloomError('disk-full', 'The disk is full.');
    const { save } = saving([{ canceled: false, filePath: 'a.html' }], () => Promise.reject(full));
    await expect(save(rendered)).rejects.toBe(full);
  });
});
