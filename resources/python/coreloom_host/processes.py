"""python-processes: every worker is a process of multiprocessing, a child of this one."""
import multiprocessing
import os
import signal
from multiprocessing.connection import wait

from .clock import now_ms
from .descriptors import refused_to_tasks
from .exits import LastWords, leave_crashes, told_exits
from .failure import innermost, said
from .watch import die_with_parent, end_with, exit_at_once
from .worker import described, serve

# A worker whose own child outlives it is not told of by its sentinel: it is looked for now and then.
LOOK_S = 0.25

_control = None


class Processes:
    def __init__(self, settings, control):
        global _control
        _control = control
        self._settings = settings
        self._control = control
        self._context = multiprocessing.get_context(settings.get("startMethod"))
        self._processes = {}

    def serve(self):
        """Does what Node says until it says stop. Raises Closed where Node has gone."""
        while True:
            sentinels = [process.sentinel for process in self._processes.values()]
            ready = wait([self._control.socket] + sentinels, LOOK_S if sentinels else None)
            self._reap()
            if self._control.socket in ready:
                for message in self._control.read():
                    if not self._accept(message):
                        return

    def _accept(self, message):
        if message["type"] == "start":
            self._start(message["worker"], message["place"])
        elif message["type"] == "clock":
            self._control.write({"type": "clock", "atMs": now_ms()})
        elif message["type"] == "kill":
            process = self._processes.get(message["worker"])
            if process is not None:
                process.kill()
        return message["type"] != "stop"

    def _start(self, worker, place):
        process = self._context.Process(target=work, args=(self._settings, worker, place), name="worker-%d" % worker)
        pid = os.getpid()
        try:
            process.start()
        except Exception as error:
            if os.getpid() != pid:
                # A forked worker that came back to where it was started: it is no host.
                exit_at_once(1)
            self._ended(worker, 1, None, described(error))
        else:
            self._processes[worker] = process

    def _reap(self):
        for worker, process in list(self._processes.items()):
            code = process.exitcode
            if code is None:
                continue
            del self._processes[worker]
            process.join()
            process.close()
            if code < 0:
                self._ended(worker, None, signal_name(-code), None)
            else:
                self._ended(worker, code, None, None)

    def _ended(self, worker, code, signal_sent, reason):
        self._control.write({"type": "ended", "worker": worker, "code": code, "signal": signal_sent, "reason": reason})


def work(settings, worker, place):
    """What a worker's process does."""
    if _control is not None:
        # A fork has its parent's connection too; it is not for workers.
        _control.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    tag_children(worker)
    crash = "%s-%d" % (settings["crash"], worker)
    words = LastWords(crash)
    leave_crashes(crash)
    with told_exits(words), refused_to_tasks():
        try:
            serve(settings, worker, place, words, alone=end_with)
        except BaseException as error:  # noqa: B902 - as by a signal that the module handles, whenever that comes
            words.say("%s outside of a task" % said(error), innermost(error))
            exit_at_once(1)


def tag_children(worker):
    """What this worker's tasks start is known by the environment, and ended with it (offspring.ts)."""
    tag = os.environ.get("CORELOOM_WORKER")
    if tag is not None:
        os.environ["CORELOOM_WORKER"] = "%s.%d." % (tag.split(".")[0], worker)


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number
