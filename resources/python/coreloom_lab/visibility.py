"""Whether one worker sees what another writes, and after how long."""
import os
import threading

from coreloom_host.clock import now_ms, now_ns

from . import launch, noted

LOOKED_MS = 100
LOOK_MS = 2000

variable = 0


class Stamp:
    value = 0


def measure(ask, settings):
    threads = ask["each"] == "thread"
    if threads:
        stamp, results, go = Stamp(), [], threading.Event()
        writer = launch.thread(write, stamp, ask["times"])
        reader = launch.thread(lambda: results.extend(see(stamp, ask["times"])))
        writer.join()
        reader.join()
        return {"seen": len(results) > 0, "delaysUs": results, "lookedMs": 0}
    if ask["each"] == "interpreter":
        return look_from_interpreter()
    if ask["through"] == "variable":
        return look_for_variable(settings)
    stamp, results = launch.context(settings).Value("q", 0, lock=False), launch.context(settings).SimpleQueue()
    workers = [launch.process(settings, write, stamp, ask["times"]), launch.process(settings, report, stamp, ask["times"], results)]
    delays_us = results.get()
    launch.end(workers)
    return {"seen": len(delays_us) > 0, "delaysUs": delays_us, "lookedMs": 0}


def write(stamp, times):
    """A write stands until the other has seen it and cleared it."""
    until_ms = now_ms() + LOOK_MS
    for _ in range(times):
        while stamp.value != 0:
            if now_ms() > until_ms:
                return
        stamp.value = now_ns()


def see(stamp, times):
    delays_us = []
    until_ms = now_ms() + LOOK_MS
    for _ in range(times):
        while stamp.value == 0:
            if now_ms() > until_ms:
                return delays_us
        delays_us.append((now_ns() - stamp.value) / 1e3)
        stamp.value = 0
    return delays_us


def report(stamp, times, results):
    results.put(see(stamp, times))


def look_for_variable(settings):
    """A variable of this module: the other process has one of the same name."""
    global variable
    there, back = launch.context(settings).SimpleQueue(), launch.context(settings).SimpleQueue()
    reader = launch.process(settings, read_variable, there, back)
    there.put("read")
    before = back.get()
    variable = before + 1
    start_ms = now_ms()
    seen = False
    while not seen and now_ms() - start_ms < LOOKED_MS:
        there.put("read")
        seen = back.get() != before
    looked_ms = now_ms() - start_ms
    launch.end([reader])
    return {"seen": seen, "delaysUs": [looked_ms * 1e3] if seen else [], "lookedMs": looked_ms}


SOURCE = """
import os
from coreloom_lab import noted
while os.read(there, 1):
    os.write(back, b"%10d" % noted.variable)
"""


def look_from_interpreter():
    """A variable of a module: the other interpreter has a module of the same name."""
    there, there_end = os.pipe()
    back_end, back = os.pipe()
    reader = launch.interpreter(SOURCE, there=there, back=back)

    def read():
        os.write(there_end, b"r")
        return int(os.read(back_end, 10))

    before = read()
    noted.variable = before + 1
    start_ms = now_ms()
    seen = False
    while not seen and now_ms() - start_ms < LOOKED_MS:
        seen = read() != before
    looked_ms = now_ms() - start_ms
    os.close(there_end)
    reader.join()
    for one in (there, back_end, back):
        os.close(one)
    return {"seen": seen, "delaysUs": [looked_ms * 1e3] if seen else [], "lookedMs": looked_ms}


def read_variable(there, back):
    while there.get() == "read":
        back.put(variable)
