"""Worker after worker: the memory of all of them together after each, less what there was before the first."""
import os
import threading
import time

from . import launch

SETTLE_S = 0.04
LEAST_FREE_BYTES = 400e6
FIELDS = {"residentBytes": ["Rss"], "proportionalBytes": ["Pss"], "privateBytes": ["Private_Clean", "Private_Dirty", "Private_Hugetlb"]}


def measure(ask, settings):
    if ask["each"] == "interpreter":
        return climb_interpreters(ask["workers"])
    threads = ask["each"] == "thread"
    ready = threading.Semaphore(0) if threads else launch.context(settings).Semaphore(0)
    stay = threading.Event() if threads else launch.context(settings).Semaphore(0)
    time.sleep(SETTLE_S)
    before = memory([os.getpid()]) if threads else dict.fromkeys(FIELDS, 0)
    workers, points, reason = [], [], None
    try:
        while len(workers) < ask["workers"]:
            reason = scarce(len(workers))
            if reason is not None:
                break
            workers.append(launch.thread(wait, ready, stay) if threads else launch.process(settings, wait, ready, stay))
            ready.acquire()
            time.sleep(SETTLE_S)
            pids = [os.getpid()] if threads else [worker.pid for worker in workers]
            now = memory(pids)
            points.append(dict(growth(before, now), workers=len(workers)))
    finally:
        if threads:
            stay.set()
        else:
            launch.end(workers)
    return {"processes": 1 if threads else len(set(worker.pid for worker in workers)), "points": points, "reason": reason}


SOURCE = """
import os
os.write(ready, b"r")
os.read(stay, 1)
"""


def climb_interpreters(workers):
    ready_end, ready = os.pipe()
    stay, stay_end = os.pipe()
    time.sleep(SETTLE_S)
    before = memory([os.getpid()])
    points, reason = [], None
    try:
        while len(points) < workers:
            reason = scarce(len(points))
            if reason is not None:
                break
            launch.interpreter(SOURCE, ready=ready, stay=stay)
            os.read(ready_end, 1)
            time.sleep(SETTLE_S)
            points.append(dict(growth(before, memory([os.getpid()])), workers=len(points) + 1))
    finally:
        # Nobody writes: all of them read its end.
        os.close(stay_end)
    return {"processes": 1, "points": points, "reason": reason}


def growth(before, now):
    return {name: None if now[name] is None or before[name] is None else now[name] - before[name] for name in FIELDS}


def scarce(workers):
    if free_bytes() is None or free_bytes() >= LEAST_FREE_BYTES:
        return None
    return "Stopped at %d workers because less than %d MB of memory was left." % (workers, LEAST_FREE_BYTES / 1e6)


def wait(ready, stay):
    ready.release()
    if hasattr(stay, "wait"):
        stay.wait()
    else:
        stay.acquire()


def memory(pids):
    """Of all these processes together; None where the system does not say."""
    total = dict.fromkeys(FIELDS, 0)
    for pid in pids:
        known = rollup(pid)
        for name, lines in FIELDS.items():
            values = [known[line] for line in lines if line in known]
            total[name] = total[name] + sum(values) if values and total[name] is not None else None
    return total


def rollup(pid):
    """proc_pid_smaps(5), in bytes; empty where there is none."""
    try:
        with open("/proc/%d/smaps_rollup" % pid) as file:
            lines = [line.split() for line in file]
    except OSError:
        return {}
    return {line[0].rstrip(":"): int(line[1]) * 1024 for line in lines if len(line) == 3 and line[2] == "kB"}


def free_bytes():
    try:
        with open("/proc/meminfo") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None
