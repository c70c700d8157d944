// The pictures that scripts/screenshots.mjs takes. The data in them is drawn, not measured.

import { drag, source, scroll, ownModule, offerModule, dragOver, complain } from './picture-acts.mjs';
import { atEverySize } from './picture-sizes.mjs';

const run = { workload: 'sha256', workers: { threads: 6, processes: 4 }, taskMs: 4 };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const TWINS = '/projects/numbers/experiments/number-theory/twins.mjs';
/** The user's own files, as the fake engine finds them. */
const MODULES = {
  by: 'dialog',
  chosen: null,
  files: {
    [TWINS]: {
      title: 'Twin primes',
      summary: 'Counts pairs of primes that are two apart, by trial division up to the size.',
      sized: true,
      size: { meaning: 'numbers to look through', min: 100, max: 1e6, default: 20_000 },
      exports: ['task', 'setup', 'inputs', 'meta'],
      taskPlace: 'twins.mjs:12',
      inputs: 40,
    },
    '/projects/numbers/fit.py': { exports: ['task', 'inputs'], taskPlace: 'fit.py:7', inputs: 128 },
    '/projects/numbers/broken.ts': {
      code: 'module-broken',
      message: 'broken.ts:14:22: SyntaxError: Expression expected; correct the syntax.',
    },
    '/projects/downloads/sent-by-mail.mjs': {
      code: 'module-not-trusted',
      message:
        '/projects/downloads/sent-by-mail.mjs was not allowed to run: allow it when you are asked, or choose another file.',
    },
  },
};

const compare = {
  python: '3.13',
  cores: 8,
  experiment: {
    kind: 'compare',
    workload: 'primes',
    executors: ['sequential', 'threads', 'processes', 'python-threads', 'python-processes'],
    workers: 4,
    taskMs: 4,
  },
};
const scale = {
  python: '3.13',
  cores: 8,
  experiment: {
    kind: 'scale',
    workload: 'primes',
    executors: ['threads', 'processes', 'python-threads'],
    max: 16,
    taskMs: 4,
  },
};
const lab = (name) => ({ cores: 4, experiment: { kind: 'lab', lab: name, quick: true } });
const scorecard = { cores: 4, experiment: { kind: 'scorecard', quick: true } };
const MANY = {
  cores: 256,
  topology: { packages: 2, nodes: 2 },
  run: { workload: 'fetch-and-hash', workers: { threads: 512, processes: 512 }, taskMs: 40 },
};
const LIGHT = { colorScheme: 'light' };
const PHONE = { viewport: { width: 390, height: 844 } };
const TABLET = { viewport: { width: 1024, height: 768 } };
const HD = { viewport: { width: 1920, height: 1080 } };
const SMALL = { viewport: { width: 860, height: 640 } };

/** Every view, at every size and in both themes: `all-compare-360-light`. */
const SEEN = {
  idle: { options: {} },
  live: {
    options: {
      python: '3.13',
      cores: 16,
      run: { ...run, workload: 'primes', workers: { threads: 6, processes: 4, 'python-threads': 2 }, taskMs: 40 },
    },
  },
  answer: { view: 'answer', options: { cores: 2, experiment: { kind: 'answer', workload: 'primes' } }, ended: true },
  compare: { view: 'compare', options: compare, ended: true },
  scale: { view: 'scale', options: scale, ended: true },
  lab: { view: 'lab', options: lab('memory'), ended: true },
  scorecard: { view: 'scorecard', options: scorecard, ended: true },
  history: { view: 'history', options: compare, ended: true },
};
/** What is taken: its name, what the fake engine plays, whether its experiment has ended, the window, and what is done to the page before. */
export const PICTURES = [
  ...atEverySize(SEEN),
  { name: 'idle', options: {} },
  { name: 'running', options: { run } },
  { name: 'running-long-tasks', options: { run: { ...run, taskMs: 60 } } },
  { name: 'drag', options: { run: { ...run, taskMs: 60 } }, act: drag },
  {
    name: 'hover-cores',
    options: { run },
    act: (page) => page.getByTestId('cores').hover({ position: { x: 480, y: 120 } }),
  },
  {
    name: 'hover-workers',
    options: { run: { ...run, taskMs: 60 } },
    act: (page) => page.getByTestId('workers').hover({ position: { x: 300, y: 30 } }),
  },
  {
    name: 'hover-label',
    options: { run },
    act: (page) => page.getByTestId('workers').hover({ position: { x: 12, y: 190 } }),
  },
  {
    name: 'hover-throughput',
    options: { run },
    act: (page) => page.getByTestId('throughput').hover({ position: { x: 420, y: 40 } }),
  },
  { name: 'stopped', options: { run, end: 'completed' }, act: (page) => page.getByTestId('export').click() },
  { name: 'failed', options: { run: { ...run, taskMs: 60 }, failing: 0.04, end: 'failed' } },
  { name: 'light', options: { run: { ...run, taskMs: 40 } }, context: { colorScheme: 'light' } },
  { name: 'light-idle', options: {}, context: { colorScheme: 'light' } },
  { name: 'cores-64', options: { cores: 64, run: { ...run, workers: { threads: 64, processes: 64 }, taskMs: 40 } } },
  {
    name: 'cores-64-scrolled',
    options: { cores: 64, run: { ...run, workers: { threads: 64, processes: 64 }, taskMs: 40 } },
    act: scroll,
  },
  { name: 'source-systeminformation', options: { cores: 8, run }, act: (page) => source(page, 'systeminformation') },
  { name: 'source-kernel', options: { cores: 8, run }, act: (page) => source(page, 'kernel') },
  {
    name: 'source-128',
    options: { cores: 128, run: { ...run, workers: { threads: 64, processes: 64 }, taskMs: 40 } },
    act: (page) => source(page, 'systeminformation'),
  },
  { name: 'sources-apart', options: { cores: 8, run, apart: 0.083 } },
  { name: 'sources-apart-light', options: { cores: 8, run, apart: 0.083 }, context: { colorScheme: 'light' } },
  { name: 'sources-kernel-alone', options: { cores: 8, run, sources: 'kernel' } },
  { name: 'sources-stopped', options: { cores: 8, run, sources: 'systeminformation-stopped' } },
  { name: 'sources-systeminformation-alone', options: { cores: 8, run, sources: 'systeminformation' } },
  {
    name: 'cores-128-light',
    options: { cores: 128, run: { ...run, workers: { threads: 64, processes: 64 }, taskMs: 40 } },
    context: { colorScheme: 'light' },
  },
  { name: 'notices', options: { run }, act: complain },
  {
    name: 'small-1024x640',
    options: { run: { ...run, taskMs: 40 } },
    context: { viewport: { width: 1024, height: 640 } },
  },
  {
    name: 'laptop-1366x768',
    options: { run: { ...run, taskMs: 40 } },
    context: { viewport: { width: 1366, height: 768 } },
  },
  { name: 'narrow-800', options: { run: { ...run, taskMs: 40 } }, context: { viewport: { width: 800, height: 700 } } },
  {
    name: 'quota',
    options: {
      cores: 8,
      quotaCpus: 1.5,
      memoryLimit: 512e6,
      run: { ...run, workers: { threads: 2, processes: 2 }, taskMs: 40 },
    },
  },
  {
    name: 'no-attribution',
    options: {
      cores: 4,
      attribution: false,
      electron: false,
      run: { ...run, workers: { threads: 1, processes: 1 }, taskMs: 40 },
    },
  },
  { name: 'two-cores', options: { cores: 2, run: { ...run, workers: { threads: 1, processes: 1 }, taskMs: 40 } } },
  { name: 'count', options: { run: { workload: 'count', workers: { threads: 2, processes: 2 }, taskMs: 1000 } } },
  {
    name: 'python',
    options: {
      python: '3.13',
      cores: 8,
      run: {
        ...run,
        workload: 'primes',
        workers: { threads: 2, processes: 2, 'python-threads': 3, 'python-processes': 2 },
        taskMs: 60,
      },
    },
  },
  {
    name: 'python-lock',
    options: {
      python: '3.13',
      cores: 4,
      run: {
        ...run,
        workload: 'primes',
        workers: { threads: 0, processes: 0, 'python-threads': 2, 'python-processes': 2 },
        taskMs: 60,
      },
    },
  },
  {
    name: 'python-idle',
    options: { python: '3.14', cores: 8 },
    act: (page) =>
      page
        .getByTestId('kind-io')
        .click()
        .then(() => page.getByTestId('workload-card-http').click()),
  },
  {
    name: 'python-light',
    options: {
      python: '3.14',
      cores: 8,
      run: {
        ...run,
        workload: 'primes',
        workers: { threads: 1, processes: 1, 'python-threads': 2, 'python-processes': 2, 'python-interpreters': 2 },
        taskMs: 60,
      },
    },
    context: { colorScheme: 'light' },
  },
  {
    name: 'python-small',
    options: {
      python: '3.14',
      run: {
        ...run,
        workload: 'primes',
        workers: { threads: 2, processes: 2, 'python-threads': 2, 'python-processes': 2 },
        taskMs: 60,
      },
    },
    context: { viewport: { width: 1024, height: 640 } },
  },
  { name: 'module-offer', options: { python: '3.13', cores: 8, modules: MODULES }, act: (page) => ownModule(page) },
  {
    name: 'module-ready',
    options: { python: '3.13', cores: 8, modules: MODULES },
    act: (page) => offerModule(page, TWINS),
  },
  {
    name: 'module-light',
    options: { python: '3.13', cores: 8, modules: MODULES },
    context: { colorScheme: 'light' },
    act: (page) => offerModule(page, TWINS),
  },
  {
    name: 'module-python',
    options: { python: '3.14', cores: 8, modules: MODULES },
    act: (page) => offerModule(page, TWINS, '/projects/numbers/fit.py'),
  },
  {
    name: 'module-broken',
    options: { python: '3.13', cores: 8, modules: MODULES },
    act: (page) => offerModule(page, TWINS, '/projects/numbers/broken.ts'),
  },
  {
    name: 'module-broken-light',
    options: { python: '3.13', cores: 8, modules: MODULES },
    context: { colorScheme: 'light' },
    act: (page) => offerModule(page, '/projects/numbers/broken.ts'),
  },
  {
    name: 'module-refused',
    options: { python: '3.13', cores: 8, modules: MODULES },
    act: (page) => offerModule(page, '/projects/downloads/sent-by-mail.mjs'),
  },
  {
    name: 'module-running',
    options: { python: '3.13', cores: 8, modules: MODULES },
    act: (page) =>
      offerModule(page, TWINS)
        .then(() => page.getByTestId('start').click())
        .then(() => wait(4000)),
  },
  {
    name: 'module-small',
    options: { python: '3.13', modules: MODULES },
    context: { viewport: { width: 1024, height: 640 } },
    act: (page) => offerModule(page, TWINS),
  },
  {
    name: 'module-large',
    options: { python: '3.13', modules: MODULES },
    context: { viewport: { width: 2560, height: 1440 } },
    act: (page) => offerModule(page, TWINS),
  },
  { name: 'module-drop', options: { modules: MODULES }, act: dragOver },
  {
    name: 'module-web',
    options: { python: '3.13', electron: false, modules: { ...MODULES, by: 'list' } },
    act: (page) => ownModule(page).then(() => page.getByTestId('module-list').selectOption(TWINS)),
  },
  {
    name: 'module-web-none',
    options: { electron: false, modules: { by: 'none', files: {}, chosen: null } },
    context: { colorScheme: 'light' },
    act: (page) => ownModule(page),
  },
  { name: 'compare-empty', view: 'compare', options: { cores: 8 } },
  { name: 'compare-running', view: 'compare', options: compare, wait: 1400 },
  { name: 'compare-running-light', view: 'compare', options: compare, wait: 1900, context: LIGHT },
  { name: 'compare-running-small', view: 'compare', options: compare, wait: 1900, context: SMALL },
  { name: 'compare', view: 'compare', options: compare, ended: true },
  { name: 'compare-light', view: 'compare', options: compare, ended: true, context: LIGHT },
  { name: 'compare-small', view: 'compare', options: compare, ended: true, context: SMALL },
  { name: 'compare-phone', view: 'compare', options: compare, ended: true, context: PHONE },
  { name: 'scaling-running', view: 'scale', options: scale, wait: 1000 },
  {
    name: 'scaling',
    view: 'scale',
    options: scale,
    ended: true,
    act: (page) => page.getByTestId('scale-plot').hover({ position: { x: 300, y: 120 } }),
  },
  { name: 'scaling-light', view: 'scale', options: scale, ended: true, context: LIGHT },
  { name: 'scaling-small', view: 'scale', options: scale, ended: true, context: SMALL },
  ...['ipc', 'race', 'memory', 'startup'].map((name) => ({
    name: `lab-${name}`,
    view: 'lab',
    options: lab(name),
    ended: true,
  })),
  { name: 'lab-running', view: 'lab', options: lab('race'), wait: 1000 },
  { name: 'lab-ipc-light', view: 'lab', options: lab('ipc'), ended: true, context: LIGHT },
  { name: 'scorecard-running', view: 'scorecard', options: scorecard, wait: 1400 },
  { name: 'scorecard', view: 'scorecard', options: scorecard, ended: true },
  { name: 'scorecard-light', view: 'scorecard', options: scorecard, ended: true, context: LIGHT },
  { name: 'scorecard-phone', view: 'scorecard', options: scorecard, ended: true, context: PHONE },
  { name: 'cores-128', options: { cores: 128, run: { ...run, workers: { threads: 64, processes: 64 }, taskMs: 40 } } },
  ...[
    ['cores-256', {}],
    ['cores-256-light', LIGHT],
    ['cores-256-phone', PHONE],
    ['cores-256-hd', { viewport: { width: 2560, height: 1440 } }],
  ].map(([name, context]) => ({ name, options: MANY, context, wait: 3500 })),
  {
    name: 'cores-256-read',
    options: MANY,
    act: (page) => page.getByTestId('cores').hover({ position: { x: 300, y: 100 } }),
  },
  {
    name: 'cores-256-minute',
    options: MANY,
    act: async (page) => {
      await page.getByTestId('core-heat-minute').check({ force: true });
      await wait(1500);
    },
  },
  { name: 'cores-48-hybrid', options: { ...MANY, cores: 48, topology: { packages: 1, nodes: 1, efficiency: 16 } } },
  { name: 'cores-24', options: { cores: 24, run } },
  {
    name: 'hd-1920',
    options: {
      python: '3.14',
      run: { ...run, workers: { threads: 4, processes: 4, 'python-threads': 2, 'python-processes': 2 }, taskMs: 40 },
    },
    context: HD,
  },
  { name: 'hd-compare', view: 'compare', options: compare, ended: true, context: HD },
  { name: 'hd-scaling', view: 'scale', options: scale, ended: true, context: HD },
  {
    name: 'tablet-1024x768',
    options: {
      python: '3.13',
      run: { ...run, workers: { threads: 2, processes: 2, 'python-threads': 2, 'python-processes': 1 }, taskMs: 40 },
    },
    context: TABLET,
  },
  { name: 'tablet-compare', view: 'compare', options: compare, ended: true, context: TABLET },
  { name: 'tablet-scaling', view: 'scale', options: scale, ended: true, context: TABLET },
  { name: 'tablet-lab', view: 'lab', options: lab('ipc'), ended: true, context: TABLET },
  { name: 'tablet-scorecard', view: 'scorecard', options: scorecard, ended: true, context: TABLET },
  { name: 'phone', options: {}, context: PHONE },
  { name: 'phone-running', options: { run }, context: PHONE },
  {
    name: 'phone-cores',
    options: { run },
    context: PHONE,
    act: (page) => page.getByTestId('cores').scrollIntoViewIfNeeded(),
  },
  {
    name: 'phone-figures',
    options: { run },
    context: PHONE,
    act: (page) => page.getByTestId('executors-node').scrollIntoViewIfNeeded(),
  },
  { name: 'phone-scaling', view: 'scale', options: scale, ended: true, context: PHONE },
  { name: 'phone-lab', view: 'lab', options: lab('memory'), ended: true, context: PHONE },
  { name: 'phone-lab-ipc', view: 'lab', options: lab('ipc'), ended: true, context: PHONE },
  { name: 'keys', options: { run }, act: (page) => page.keyboard.press('?') },
  { name: '4k', options: { run: { ...run, taskMs: 40 } }, context: { viewport: { width: 3840, height: 2160 } } },
  {
    name: 'retina',
    options: { run: { ...run, taskMs: 40 } },
    context: { viewport: { width: 1360, height: 860 }, deviceScaleFactor: 2 },
  },
];
