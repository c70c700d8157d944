"""One worker, whatever it runs in: takes tasks one after the other, stamps them, sends their results in batches."""
import os
import signal
import sys
import threading
from collections import deque

from .channel import Channel, Closed, to_json
from .clock import now_ns, thread_cpu_ns
from .context import Context
from .failure import Failed, ModuleFault, frames_of
from .load import load
from .lock_probe import lock_is_on
from .marks import Marks
from .printed import Printed
from .watch import exit_at_once
from . import streams

# Those of before the user's module was loaded, which may replace them.
_getpid, _trace, _profile, _set_timer = os.getpid, sys.gettrace, sys.getprofile, getattr(signal, "setitimer", None)
_native_id, _ident = threading.get_native_id, threading.get_ident

# Results wait for others this long, and messages to be read: every call to the system gives the interpreter lock away,
# and getting it back takes up to 5 ms where others compute.
TURN_NS = 2_000_000
# A number above this is not the same number in Node.
LARGEST = 2**53
LONGEST_TEXT = 500
NOTHING_BACK = 2**53 - 1


def serve(settings, worker, place, words, alone=None):
    """
    Connects as worker number `worker`, takes tasks until told to stop, and returns. What ends it besides is said by
    `words`, or raised. A worker that has its interpreter to itself gives `alone`, which is called with the connected socket.
    """
    channel = Channel(settings["address"], settings["token"], worker)
    try:
        served = Worker(settings, worker, place, channel, words)
        if alone is not None:
            try:
                alone(channel.socket)
            except RuntimeError as error:
                channel.write({"type": "start-failed", "message": described(error)})
                return
            streams.replace(served.send_line)
        streams.this_thread_prints(served.send_line)
        try:
            tasks = load(settings, worker, served.marks, served.send_line)
        except BaseException as error:  # noqa: B902 - whatever a module does when it is imported
            said = str(error).rstrip(".") if isinstance(error, ModuleFault) else described(error)
            channel.write({"type": "start-failed", "message": "The module cannot be used: %s." % said, "moduleSaid": said})
            return
        if _getpid() != served.pid:
            # The module forked as it was loaded, or in its setup, and this is its child, which has no business here.
            exit_at_once(0)
        served.serve(tasks)
        if alone is not None:
            streams.finish()
        served.printed.tell()
    except Closed:
        served.end_if_severed(whole=True)
    finally:
        channel.close()


class Worker:
    def __init__(self, settings, worker, place, channel, words):
        self._channel = channel
        self._place = place
        self._words = words
        # Whether others share its process, whose task may be the one that did harm.
        self._alone = settings["each"] == "process"
        self.marks = Marks(settings["marks"])
        self.pid = _getpid()
        self.printed = Printed(self._write_line)
        self._context = Context(settings["executor"], worker, self.send_line)
        self._waiting = deque()
        self._first = 0
        self._values = []
        self._failures = []
        self._stamps = []
        self._work_ns = 0
        self._cpu_ns = 0
        self._turned_ns = 0
        # CPU time of this thread when its last task ended.
        self._used_ns = 0

    def serve(self, tasks):
        tid = _native_id()
        self._used_ns = thread_cpu_ns()
        self._hooks = _trace(), _profile()
        self._stops_timers = hasattr(signal, "setitimer") and not any(signal.getitimer(signal.ITIMER_REAL))
        self._channel.write({"type": "ready", "pid": self.pid, "tid": tid, "ident": _ident(), "lockOn": lock_is_on()})
        try:
            while self._listen():
                self._run_one(tasks)
                self._tidy()
                if not self._waiting or now_ns() - self._turned_ns >= TURN_NS:
                    self._flush()
            tasks.close()
            streams.restore_after_task()
        finally:
            if _getpid() == self.pid:
                self._context.close()

    def _tidy(self):
        """Undoes what the task left behind that would reach others."""
        if (_trace(), _profile()) != self._hooks:
            sys.settrace(self._hooks[0])
            sys.setprofile(self._hooks[1])
        if self._stops_timers:
            _set_timer(signal.ITIMER_REAL, 0)
        streams.restore_after_task()
        self.end_if_severed()

    def end_if_severed(self, whole=False):
        """Ends the process where a task closed the descriptors that this worker speaks through."""
        if self._channel.intact(whole):
            return
        self._words.say("descriptors that the task had not opened were closed", None, blamed=self._alone)
        exit_at_once(1)

    def _listen(self):
        """Reads what has come, and waits where there is nothing to do; False once told to stop."""
        now = now_ns()
        if self._waiting and now - self._turned_ns < TURN_NS:
            return True
        while True:
            for message in self._channel.read(wait=not self._waiting):
                if not self._accept(message):
                    return False
            if self._waiting:
                self._turned_ns = now_ns()
                return True

    def _accept(self, message):
        if isinstance(message, list):
            first = message[0]
            for at in range(1, len(message)):
                self._waiting.append((first + at - 1, message[at]))
        elif message["type"] == "ping":
            self._channel.write({"type": "pong"})
        elif message["type"] == "recall":
            start = self._waiting[0][0] if self._waiting else NOTHING_BACK
            self._waiting.clear()
            self._channel.write({"type": "returned", "from": start})
        else:
            return False
        return True

    def _run_one(self, tasks):
        seq, given = self._waiting.popleft()
        context = self._context
        failure = place = value = None
        code = "task-threw"
        self.marks.started(self._place, seq, now_ns() / 1e6, self._used_ns / 1e6)
        argument = context.argument = tasks.argument(given)
        run = tasks.run
        cpu_ns = thread_cpu_ns()
        # The stamp comes after what it costs to mark and to count.
        started_ns = now_ns()
        try:
            value = run(argument, context)
        except Failed as failed:
            failure, code, place = failed.message, failed.code, failed.place
        except BaseException as error:  # noqa: B902 - a task may raise anything, also SystemExit
            failure = "The task raised %s." % described(error)
        finished_ns = now_ns()
        self._used_ns = thread_cpu_ns()
        cpu_ns = self._used_ns - cpu_ns
        if _getpid() != self.pid:
            # The task forked, and this is its child, which has no business here.
            exit_at_once(0)
        self._work_ns += finished_ns - started_ns
        self._cpu_ns += cpu_ns
        self._book(seq, value, (code, failure, place), (started_ns / 1e6, finished_ns / 1e6))

    def _book(self, seq, value, failed, stamps):
        code, failure, place = failed
        if seq != self._first + len(self._values):
            self._flush()
            self._first = seq
        if failure is None and is_large(value):
            failure = "The task returned %d, which Node cannot hold exactly; return a whole number up to 2**53." % value
            code = "task-not-cloneable"
        if failure is not None:
            said = {"at": len(self._values), "code": code, "message": failure}
            self._failures.append(said if place is None else dict(said, place=place))
            value = None
        self._values.append(value)
        self._stamps += stamps

    def _flush(self):
        """Sends the results that are complete."""
        if not self._values:
            return
        # Before its results: Node has all that was printed once it has them.
        self.printed.tell()
        results = {
            "type": "results",
            "first": self._first,
            "values": self._values,
            "failures": self._failures,
            "stamps": self._stamps,
            "workMs": self._work_ns / 1e6,
            "cpuMs": self._cpu_ns / 1e6,
        }
        self._first += len(self._values)
        self._values, self._failures, self._stamps = [], [], []
        self._turned_ns = now_ns()
        try:
            self._channel.write(results)
        except (TypeError, ValueError, RecursionError):
            self._channel.write(with_plain_values(results))

    def send_line(self, text):
        """Shows a line as printed by this worker."""
        if _getpid() == self.pid:
            self.printed.add(text)

    def _write_line(self, text, lost):
        self._channel.write({"type": "line", "text": text, "atMs": now_ns() / 1e6, "lost": lost})


def is_large(value):
    return type(value) is int and not -LARGEST <= value <= LARGEST


def with_plain_values(results):
    """The same results with a failure in the place of each value that is not plain data."""
    for at, value in enumerate(results["values"]):
        try:
            to_json(value)
        except (TypeError, ValueError, RecursionError) as error:
            message = "The task’s result cannot be sent (%s); return plain data." % error
            results["values"][at] = None
            results["failures"].append({"at": at, "code": "task-not-cloneable", "message": message})
    return results


def described(error):
    """What was raised and where, as part of a sentence."""
    try:
        text = " ".join(str(error).split())[:LONGEST_TEXT]
    except Exception:
        text = "(its text is not available)"
    place = ""
    frames = frames_of(error)
    if isinstance(error, SyntaxError) and error.filename:
        place = " (%s, line %s)" % (error.filename, error.lineno)
        text = error.msg
    elif len(frames) > 1:
        frame, line = frames[-1]
        place = " (%s, line %s)" % (frame.f_code.co_filename, line)
    name = type(error).__name__
    return "%s%s%s" % (name, ": " + text.rstrip(".") if text else "", place)
