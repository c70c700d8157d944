"""A module for Coreloom, to measure on CPython's threads and processes:

    coreloom run ./task.py --python-threads 2 --python-processes 2 --duration 10s

Everything except `task` is optional.
"""

# How it is shown.
meta = {
    "title": "Collatz steps",
    "summary": "Counts the steps that numbers take until they are 1.",
    # What limits the task: cpu, io, mixed, or custom (not known). The finding is worded accordingly.
    "kind": "cpu",
    # What input["size"] means, so that --size and --task-ms can be used. Whole numbers from 1.
    "size": {"meaning": "numbers to count the steps of", "min": 1, "default": 500, "max": 1_000_000},
    # Set this to False if the same input can give different results (a time, a random number).
    "deterministic": True,
}


def setup(context):
    """Called once for each worker, before its first task. What it returns is context.state.

    `context.worker` counts from 1, `context.executor` is python-threads, python-processes or python-interpreters. Threads
    share this module and what is in it; processes and interpreters have one each.
    """
    return {"worker": context.worker, "tasks": 0}


def task(input, context):
    """Called for each task.

    `input` is {"index", "seed", "size"}, or one of `inputs` if the module has those: a list, or a function (also a
    generator) of (seed, size). The result is reduced to a checksum, which shows that all executors did the same work.
    Return plain data, the same for the same input. The task may be `async`. `context.signal.is_set()` is true once the
    run is stopped; `context.log(...)` prints a line, which is shown at once.
    """
    context.state["tasks"] += 1
    steps = 0
    for i in range(1, input["size"] + 1):
        n = input["index"] + i
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
    return {"index": input["index"], "steps": steps}


def teardown(context):
    """Called once for each worker that is stopped; it has about a third of a second."""
    context.state["tasks"] = 0
