"""The workloads in Python: one module each, the twin of src/engine/workload/<name>.ts.

A twin is the file `<name>.py` in this folder (a "-" in the workload's name is a "_" in the file's) with one function:

    def run(size, seed, context) -> int

It does the same work as the TypeScript file documents, in plain Python as a Python programmer would write it, and
answers the same checksum for the same size and seed: a whole number from 0 to 2**32 - 1 that depends on nothing else.
Its docstring says what it exercises in Python, and whether it holds the interpreter lock. Rules:

- Standard library only, Python 3.8 to 3.14; no work at import beyond definitions (every worker imports it).
- Several threads of one interpreter run it at once: module state is constant after its first use, or kept in
  `context.state` (a dictionary of this worker alone, kept from task to task). Threads are not told to stop; they end
  with their process.
- Helpers: `..generator` (mix32, random_at, fold), `..block` (BLOCK, parts_of, seed_bytes).

`context` is a `coreloom_host.context.Context`:

    context.executor    the name of its executor
    context.worker      number of the worker, from 1
    context.argument    the whole input of the task, a dictionary: "workload", "size", "seed", and what else a
                        workload's input holds
    context.state       a dictionary of this worker alone
    context.print(text) shows a line as it comes, with its worker (the built-in print is shown too)
    context.folder()    a folder of this worker alone for files, in the one that the workload's `prepare` in Node made

A new twin needs no registration: `coreloom_host.tasks` finds it by its name.
"""
