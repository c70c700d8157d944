"""What multiprocessing itself puts on disk: the sockets of a fork server, memory that is shared without /dev/shm."""
import multiprocessing


def keep_in(folder):
    """
    In a folder that Node made, and removes also where this process was killed before it could. There is no public way;
    a Python without this one goes on making a folder of its own.
    """
    config = getattr(multiprocessing.current_process(), "_config", None)
    if isinstance(config, dict):
        config["tempdir"] = folder
