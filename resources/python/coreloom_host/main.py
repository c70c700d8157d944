"""The host: a child of Node that starts workers when told to, tells of their end, and ends with Node."""
import json
import os
import shutil
import signal
import sys
from time import sleep

from . import streams
from .channel import Channel, Closed
from .clock import now_ms, process_cpu_ns
from .lock_probe import lock_is_on
from .printed import Printed
from .temporary import keep_in
from .watch import die_with_parent, end_all


# Node ends a host that lost its connection 0.1 s later, and says why; one that it has not ended by then ends by itself.
ENDED_BY_NODE_MS = 1000
# As they are now: the user's module may replace them.
_getppid = os.getppid


def main():
    node = _getppid()
    settings = json.loads(first_line())
    # An interrupt typed at a terminal is Node's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    keep_in(settings["folder"])
    if "module" in settings:
        give_way()
    control = Channel(settings["address"], settings["token"], 0)
    printed = Printed(lambda text, lost: send_line(control, text, lost))
    streams.replace(printed.add)
    host = kind_of(settings["each"])(settings, control)
    control.write({"type": "host", "pid": os.getpid(), "lockOn": lock_is_on(), "cpuMs": process_cpu_ns() / 1e6, "atMs": now_ms()})
    try:
        host.serve()
        streams.finish()
        printed.tell()
    except Closed:
        wait_while_alive(node)
        # Node was killed: what it would have removed is removed here.
        shutil.rmtree(settings["folder"], ignore_errors=True)
    end_all()


def wait_while_alive(node):
    """
    A task may have closed this host's connection, or written to it. To Node, a host that ends for that by itself looks like one
    that something else has killed.
    """
    until_ms = now_ms() + ENDED_BY_NODE_MS
    while _getppid() == node and now_ms() < until_ms:
        sleep(0.01)


def give_way():
    """Linux: where memory runs out in the user's own code, the kernel ends that before anything else."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("500")
    except OSError:
        pass  # Another system, or one that allows nobody to say it.


def first_line():
    """The settings; then standard input is empty, for tasks that would read it."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            sys.exit("This program was started without settings: only Coreloom itself can start it.")
        line += byte
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return line


def kind_of(each):
    """The host of workers each of which is a process, an interpreter or a thread."""
    if each == "process":
        from .processes import Processes

        return Processes
    if each == "interpreter":
        from .interpreters import Interpreters

        return Interpreters
    from .threads import Threads

    return Threads


def send_line(control, text, lost):
    try:
        control.write({"type": "line", "text": text, "atMs": now_ms(), "lost": lost})
    except Closed:
        pass
