"""What a task may ask of the worker that runs it."""
from . import task_folder


class Context:
    """The same object for every task of a worker."""

    def __init__(self, executor, worker, send_line):
        self.executor = executor
        self.worker = worker
        self.state = {}
        self.argument = None
        self._send_line = send_line
        self._folder = None

    def print(self, text):
        """Shows a line as it comes, with the worker that printed it."""
        self._send_line(str(text))

    def folder(self):
        """A folder of this worker alone in its run's, made where it is missing and removed when the worker ends."""
        self._folder = task_folder.make(self.argument["prepared"]["folder"])
        return self._folder

    def close(self):
        """Removes what this worker keeps on disk."""
        task_folder.remove(self._folder)
        self._folder = None
