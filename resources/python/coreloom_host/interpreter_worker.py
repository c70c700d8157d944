"""What a worker's own interpreter imports: nothing that only the first interpreter of a process may have."""
import json

from .descriptors import refused_to_tasks
from .exits import LastWords, told_exits
from .marks import Marks
from .worker import serve


def serve_here(settings, worker, place):
    """Serves in this interpreter until told to stop."""
    settings = json.loads(settings)
    marks = Marks(settings["marks"])
    words = LastWords(settings["crash"], lambda: marks.blame(worker))
    with told_exits(words), refused_to_tasks():
        serve(settings, worker, place, words, alone=lambda connection: None)
