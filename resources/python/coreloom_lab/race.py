"""Workers increment one counter at the same time, or each one of its own."""
import os
import queue
import threading

from coreloom_host.clock import now_ms

from . import launch


class Counter:
    value = 0


class Threads:
    @staticmethod
    def start(settings, target, *args):
        return launch.thread(target, *args)

    barrier = staticmethod(lambda settings, parties: threading.Barrier(parties))
    results = staticmethod(lambda settings: queue.SimpleQueue())
    lock = staticmethod(lambda settings: threading.Lock())
    counter = staticmethod(lambda settings, locked: Counter())
    end = staticmethod(lambda workers: [worker.join() for worker in workers])


class Processes:
    start = staticmethod(launch.process)
    barrier = staticmethod(lambda settings, parties: launch.context(settings).Barrier(parties))
    results = staticmethod(lambda settings: launch.context(settings).SimpleQueue())
    counter = staticmethod(lambda settings, locked: launch.context(settings).Value("q", 0, lock=locked))
    end = staticmethod(launch.end)


def measure(ask, settings):
    if ask["each"] == "interpreter":
        return separate_interpreters(ask["workers"], ask["increments"] // ask["workers"])
    kind = Threads if ask["each"] == "thread" else Processes
    method, workers = ask["method"], ask["workers"]
    each = ask["increments"] // workers
    if method == "separate":
        return separate(settings, workers, each)
    counter = kind.counter(settings, method == "lock")
    # multiprocessing.Value brings its lock; threads are given one.
    lock = None if method != "lock" else counter.get_lock() if kind is Processes else Threads.lock(settings)
    begin, results = kind.barrier(settings, workers), kind.results(settings)
    started = [kind.start(settings, count, counter, lock, each, begin, results) for _ in range(workers)]
    times = [results.get() for _ in range(workers)]
    kind.end(started)
    wall_ms = max(end for _, end in times) - min(start for start, _ in times)
    return {"expected": each * workers, "counted": counter.value, "wallMs": wall_ms}


def one():
    """A call between reading and writing: there CPython may let another thread run."""
    return 1


def count(counter, lock, increments, begin, results):
    begin.wait()
    start_ms = now_ms()
    if lock is None:
        for _ in range(increments):
            counter.value += one()
    else:
        for _ in range(increments):
            with lock:
                counter.value += one()
    results.put((start_ms, now_ms()))


def separate(settings, workers, each):
    results = launch.context(settings).SimpleQueue()
    start_ms = now_ms()
    started = [launch.process(settings, count_alone, each, results) for _ in range(workers)]
    counted = sum(results.get() for _ in range(workers))
    wall_ms = now_ms() - start_ms
    launch.end(started)
    return {"expected": each * workers, "counted": counted, "wallMs": wall_ms}


SOURCE = """
import os
class Counter:
    value = 0
def one():
    return 1
def count(increments):
    counter = Counter()
    for _ in range(increments):
        counter.value += one()
    return counter.value
os.write(back, b"%16d" % count(increments))
"""


def separate_interpreters(workers, each):
    back_end, back = os.pipe()
    start_ms = now_ms()
    started = [launch.interpreter(SOURCE, back=back, increments=each) for _ in range(workers)]
    counted = sum(int(os.read(back_end, 16)) for _ in range(workers))
    wall_ms = now_ms() - start_ms
    for one in started:
        one.join()
    os.close(back_end)
    os.close(back)
    return {"expected": each * workers, "counted": counted, "wallMs": wall_ms}


def count_alone(increments, results):
    counter = Counter()
    for _ in range(increments):
        counter.value += one()
    results.put(counter.value)
