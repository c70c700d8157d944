"""What a worker's own interpreter imports: nothing that only the first interpreter of a process may have."""
import json

from .exits import told_exits
from .marks import Marks
from .worker import serve


def serve_here(settings, worker, place):
    """Serves in this interpreter until told to stop."""
    settings = json.loads(settings)
    marks = Marks(settings["marks"])
    with open(settings["crash"], "a") as crash, told_exits(crash, lambda: marks.blame(worker)):
        serve(settings, worker, place, alone=lambda connection: None)
