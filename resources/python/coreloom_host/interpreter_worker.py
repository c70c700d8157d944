"""What a worker's own interpreter imports: nothing that only the first interpreter of a process may have."""
import json

from .worker import serve


def serve_here(settings, worker, place):
    """Serves in this interpreter until told to stop."""
    serve(json.loads(settings), worker, place, alone=lambda connection: None)
