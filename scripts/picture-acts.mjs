// What is done to the page before a picture is taken of it.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export async function drag(page) {
  const box = await page.getByTestId('slider-threads').boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.12, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, y, { steps: 8 });
  await page.mouse.up();
  await wait(60);
}

export async function source(page, name) {
  await page.getByTestId(`core-source-${name}`).check({ force: true });
  await wait(700);
}

export async function scroll(page) {
  await page.getByTestId('window-2000').click();
  await page.getByTestId('workers').hover();
  await page.mouse.wheel(0, 250);
  await wait(400);
}

export async function ownModule(page) {
  await page.getByTestId('workload-card-custom').click();
  await wait(200);
}

/** Hands files to the page as the desktop's menu does. */
export async function offerModule(page, ...paths) {
  for (const path of paths) {
    await page.evaluate((given) => window.fakeEngine.emit({ type: 'module-offered', path: given }), path);
    await wait(300);
  }
}

export async function dragOver(page) {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: ['/projects/numbers/fit.py'], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'])
    await client.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
  await wait(200);
}

/** What the engine may say unasked. */
export async function complain(page) {
  await page.evaluate(() => {
    const warn = (code, message) => window.fakeEngine.emit({ type: 'warning', warning: { code, message } });
    warn(
      'worker-start-failed',
      'Process 3 could not be started (EAGAIN): the system allows no more processes; 2 of 4 are running.',
    );
    warn('sampler-failed', 'The sampler died with exit code 1 and was started again; samples of 1.2 s are missing.');
  });
  await wait(200);
}
