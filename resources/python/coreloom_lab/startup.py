"""From asking for a worker to its first result: the first one, and one more beside it."""
import os
import queue

from coreloom_host.clock import now_ms

from . import launch


def measure(ask, settings):
    kept = []
    if ask["each"] == "interpreter":
        return {"cold": start_interpreter(kept), "warm": start_interpreter(kept)}
    threads = ask["each"] == "thread"
    return {"cold": start(settings, threads, kept), "warm": start(settings, threads, kept)}


def start(settings, threads, kept):
    asked_ms = now_ms()
    make = queue.SimpleQueue if threads else launch.context(settings).SimpleQueue
    there, back = make(), make()
    worker = launch.thread(serve, there, back) if threads else launch.process(settings, serve, there, back)
    back.get()
    ready_ms = now_ms()
    there.put("nothing")
    back.get()
    # It stays while the next one starts.
    kept.append((worker, there, back))
    return {"askedMs": asked_ms, "readyMs": ready_ms, "resultMs": now_ms()}


SOURCE = """
import os
os.write(back, b"r")
while os.read(there, 1):
    os.write(back, b"d")
"""


def start_interpreter(kept):
    asked_ms = now_ms()
    there, there_end = os.pipe()
    back_end, back = os.pipe()
    worker = launch.interpreter(SOURCE, there=there, back=back)
    os.read(back_end, 1)
    ready_ms = now_ms()
    os.write(there_end, b"n")
    os.read(back_end, 1)
    result_ms = now_ms()
    kept.append((worker, there_end))
    return {"askedMs": asked_ms, "readyMs": ready_ms, "resultMs": result_ms}


def serve(there, back):
    back.put("ready")
    while True:
        there.get()
        back.put("done")
