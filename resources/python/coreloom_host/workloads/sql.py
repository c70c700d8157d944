"""Inserts into and looks up in an SQLite file. The module sqlite3 releases the interpreter lock around each step."""
import os

from ..generator import fold, random_at

SCHEMA = (
    "create table if not exists entry (id integer primary key, code integer not null, amount integer not null)",
    "create index if not exists entry_code on entry (code)",
)
INSERT = "insert into entry (id, code, amount) values (?, ?, ?)"
FIND = "select amount from entry where code = ? order by id limit 1"


def run(size, seed, context):
    try:
        return inserted_and_found(database_of(context), size, seed, context.argument["settings"]["rowsPerTransaction"])
    except Exception:
        # Whatever state it is in, the next task begins with a new one.
        discard(context)
        raise


def database_of(context):
    """The database of this worker, made with its first task and kept: to open one is not what is measured."""
    database = context.state.get("sql")
    if database is None:
        # Not at the top: some builds of Python have no SQLite, and need it for nothing else.
        import sqlite3

        path = os.path.join(context.folder(), "rows.db")
        # Transactions are ours; and a worker may be another thread than the one that made its state.
        database = context.state["sql"] = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for statement in SCHEMA:
            database.execute(statement)
    return database


def discard(context):
    database = context.state.pop("sql", None)
    if database is None:
        return
    database.close()
    for ending in ("", "-journal"):
        try:
            os.unlink(os.path.join(context.folder(), "rows.db" + ending))
        except FileNotFoundError:
            pass


def inserted_and_found(database, size, seed, rows_per_transaction):
    for first in range(0, size, rows_per_transaction):
        database.execute("begin")
        for i in range(first, min(first + rows_per_transaction, size)):
            database.execute(INSERT, (i, random_at(seed, i), random_at(seed, size + i)))
        database.execute("commit")
    checksum = seed
    database.execute("begin")
    for i in range(size):
        code = random_at(seed, random_at(seed, 2 * size + i) % size)
        checksum = fold(checksum, database.execute(FIND, (code,)).fetchone()[0])
    database.execute("commit")
    database.execute("delete from entry")
    return checksum
