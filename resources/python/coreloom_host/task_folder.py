"""Where a worker's files live: the same scheme as src/engine/workload/task-folder.ts, so that the engine tidies both."""
import os
import shutil
import threading


def make(temporary, engine_pid, folder=None):
    """The folder `<temporary>/coreloom-files-<pid of the engine>/<pid>-<thread>`, made again where it has gone."""
    if folder is None:
        name = "%d-p%d" % (os.getpid(), threading.get_ident())
        folder = os.path.join(temporary, "coreloom-files-%d" % engine_pid, name)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise OSError(error.errno, "The workload's folder %s cannot be made: the temporary folder must be writable" % folder) from error
    return folder


def remove(folder):
    """Removes a worker's folder, and the engine's with the last of them. Never raises."""
    if folder is None:
        return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        os.rmdir(os.path.dirname(folder))
    except OSError:
        pass  # Other workers' folders are still in it.
