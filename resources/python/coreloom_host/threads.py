"""python-threads: every worker is a thread of this process."""
import threading

from .clock import now_ms
from .descriptors import refused_to_tasks
from .exits import LastWords, leave_crashes, told_exits
from .lock_probe import LockProbe
from .marks import Marks
from .worker import described, serve


_Thread, _native_id = threading.Thread, threading.get_native_id


class Threads:
    # Threads of one interpreter share its lock; interpreters have one each.
    shared_lock = True

    def __init__(self, settings, control):
        self.settings = settings
        self.control = control
        self._probe = LockProbe(control, self.shared_lock)
        self._marks = Marks(settings["marks"])
        self.words = LastWords(settings["crash"], lambda: self._marks.blame(getattr(current, "worker", 0)))
        leave_crashes(settings["crash"])

    def serve(self):
        """Does what Node says until it says stop. Raises Closed where Node has gone."""
        # os._exit in a task ends all workers: Node is left the number of the one whose task it was.
        with told_exits(self.words), refused_to_tasks():
            while True:
                for message in self.control.read():
                    if message["type"] == "start":
                        self._start(message["worker"], message["place"])
                    elif message["type"] == "clock":
                        self.control.write({"type": "clock", "atMs": now_ms()})
                    elif message["type"] == "stop":
                        return

    def work(self, worker, place):
        """What a worker's thread does. Answers why it came to nothing, or None."""
        serve(self.settings, worker, place, self.words)

    def _start(self, worker, place):
        thread = _Thread(target=self._run, args=(worker, place), name="worker-%d" % worker, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            self._ended(worker, described(error))
        self._probe.start()

    def _run(self, worker, place):
        current.worker = worker
        self._probe.joined(worker, _native_id())
        reason = None
        try:
            self.work(worker, place)
        except BaseException as error:  # noqa: B902 - told, whatever it is
            reason = described(error)
        self._probe.left(worker)
        self._ended(worker, reason)

    def _ended(self, worker, reason):
        self.control.write({"type": "ended", "worker": worker, "code": 0 if reason is None else 1, "signal": None, "reason": reason})


current = threading.local()
