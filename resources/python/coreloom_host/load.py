"""What runs a worker's tasks: the registry, a module of ours at a path, or the user's own."""
import importlib.util
import os
import sys
import threading

_lock = threading.Lock()
_loaded = []


class Functions:
    """Tasks of ours: one function for all."""

    def __init__(self, run):
        # run(argument, context)
        self.run = run

    def argument(self, given):
        """What the task is given: made before its time runs."""
        return given

    def close(self):
        """Called by the worker that leaves in order."""


def load(settings, worker, marks, send_line):
    """
    Answers the tasks of this worker, loaded once for all threads of an interpreter. Raises what the module raises, or
    ImportError or ModuleFault with a sentence.
    """
    module = settings.get("module")
    with _lock:
        if not _loaded:
            _loaded.append(find(settings.get("tasks")) if module is None else user_module(module["path"]))
        found = _loaded[0]
    if module is None:
        return Functions(found)
    return found.bound(settings["executor"], worker, marks, send_line)


def user_module(path):
    from .user_module import UserModule

    return UserModule(path)


def find(path):
    if path is None:
        from . import tasks

        return tasks.run
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location("coreloom_tasks", path)
    if spec is None:
        raise ImportError("%s is not a Python module" % path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["coreloom_tasks"] = module
    spec.loader.exec_module(module)
    run = getattr(module, "run", None)
    if not callable(run):
        raise ImportError('%s does not define a function named "run"' % path)
    return run
