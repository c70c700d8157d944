"""python-interpreters (Python 3.14): every worker is a thread with an interpreter, and a lock, of its own."""
import json
import os
import sys

from .threads import Threads

SOURCE = """
import sys
sys.path[:] = path
from coreloom_host.interpreter_worker import serve_here
serve_here(settings, worker, place)
"""


class Interpreters(Threads):
    shared_lock = False

    def work(self, worker, place):
        from concurrent import interpreters

        interpreter = interpreters.create()
        try:
            folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
            path = tuple([folder] + [entry for entry in sys.path if entry != folder])
            interpreter.prepare_main(settings=json.dumps(self.settings), worker=worker, place=place, path=path)
            interpreter.exec(SOURCE)
        finally:
            interpreter.close()
