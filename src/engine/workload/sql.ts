import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Statement } from 'node-sqlite3-wasm';
import { fold, randomAt } from './random';
import { settingOf } from './settings';
import { restoreFolder, workerFolder } from './task-folder';
import type { TaskInput, Workload } from './workload';

const SCHEMA =
  'create table if not exists entry (id integer primary key, code integer not null, amount integer not null); create index if not exists entry_code on entry (code)';
const INSERT = 'insert into entry (id, code, amount) values (?, ?, ?)';
const FIND = 'select amount from entry where code = ? order by id limit 1';

let open: { database: Database; path: string } | null = null;

/**
 * A table of SQLite in a file: inserts `size` rows in transactions of the setting `rowsPerTransaction`, looks up `size`
 * rows by an indexed column in one further transaction, and empties the table. Row i (from 0) has the id i, and of the
 * seed's generator number i as code, number size + i as amount; look-up i is for the code of the row number 2 × size + i
 * modulo size, the one with the lowest id. The checksum starts as the seed and folds in each amount that was found.
 * Journal and syncs are SQLite's own defaults: a rollback journal, and the disk's flush at each transaction.
 */
export const sql: Workload = {
  info: {
    name: 'sql',
    title: 'SQL database',
    kind: 'io',
    tag: 'I/O · database',
    summary: 'Inserts rows into an SQLite file in transactions, then looks them up.',
    exercises:
      'The disk’s flush (fsync), several for each transaction, and the file system; between them one core in SQLite, which is WebAssembly in Node and native code in Python: do not compare the languages by it. Each worker has its own database, so none waits for another’s lock. The files are in the data folder (CORELOOM_HOME); if that is in memory (tmpfs), the flush costs nothing, and this is a CPU workload.',
    size: { meaning: 'rows to insert and to look up', min: 1, max: 10_000_000, default: 64 },
    settings: [
      {
        name: 'rowsPerTransaction',
        title: 'Transaction',
        meaning: 'rows inserted in one transaction',
        min: 1,
        max: 1_000_000,
        default: 64,
        whole: true,
      },
    ],
    releasesLock: true,
    prints: false,
  },
  prepare: async () => (await import('./run-folder')).prepareFolder(),
  async run(input) {
    try {
      return insertedAndFound(await ownDatabase(input), input, settingOf(sql, 'rowsPerTransaction', input));
    } catch (error) {
      // Whatever state it is in, the next task begins with a new one.
      discard();
      throw error;
    }
  },
};

/** The database of this worker, made with its first task of a run and kept: to open one is not what is measured. */
async function ownDatabase(input: TaskInput): Promise<Database> {
  const folder = workerFolder(input);
  const path = join(folder, 'rows.db');
  if (open?.path === path) return open.database;
  discard();
  // Loaded here: 1.3 MB of code to compile, which workers of other workloads need not pay for.
  const { default: sqlite } = await import('node-sqlite3-wasm');
  restoreFolder(folder);
  const database = new sqlite.Database(path);
  open = { database, path };
  database.exec(SCHEMA);
  return database;
}

function discard(): void {
  if (open === null) return;
  const { database, path } = open;
  open = null;
  try {
    database.close();
  } catch {
    // It is given up in any case.
  }
  for (const left of [path, `${path}-journal`, `${path}.lock`]) rmSync(left, { recursive: true, force: true });
}

function insertedAndFound(database: Database, { size, seed }: TaskInput, rowsPerTransaction: number): number {
  withStatement(database, INSERT, (insert) => {
    for (let first = 0; first < size; first += rowsPerTransaction) {
      database.exec('begin');
      for (let i = first; i < Math.min(first + rowsPerTransaction, size); i += 1)
        insert.run([i, randomAt(seed, i), randomAt(seed, size + i)]);
      database.exec('commit');
    }
  });
  let checksum = seed >>> 0;
  withStatement(database, FIND, (find) => {
    database.exec('begin');
    for (let i = 0; i < size; i += 1) {
      const row = find.get([randomAt(seed, randomAt(seed, 2 * size + i) % size)]);
      checksum = fold(checksum, Number(row?.['amount']));
    }
    database.exec('commit');
  });
  database.exec('delete from entry');
  return checksum;
}

function withStatement(database: Database, text: string, use: (statement: Statement) => void): void {
  const statement = database.prepare(text);
  try {
    use(statement);
  } finally {
    statement.finalize();
  }
}
