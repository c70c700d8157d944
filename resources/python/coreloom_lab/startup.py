"""From asking for a worker to its first result: the first one, and one more beside it."""
import queue

from coreloom_host.clock import now_ms

from . import crew


def measure(ask, settings):
    threads = ask["executor"] == "python-threads"
    kept = []
    return {"cold": start(settings, threads, kept), "warm": start(settings, threads, kept)}


def start(settings, threads, kept):
    asked_ms = now_ms()
    make = queue.SimpleQueue if threads else crew.context(settings).SimpleQueue
    there, back = make(), make()
    worker = crew.thread(serve, there, back) if threads else crew.process(settings, serve, there, back)
    back.get()
    ready_ms = now_ms()
    there.put("nothing")
    back.get()
    # It stays while the next one starts.
    kept.append((worker, there, back))
    return {"askedMs": asked_ms, "readyMs": ready_ms, "resultMs": now_ms()}


def serve(there, back):
    back.put("ready")
    while True:
        there.get()
        back.put("done")
