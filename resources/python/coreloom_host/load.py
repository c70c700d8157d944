"""The function that runs a task: the registry's, or that of a module at a path."""
import importlib.util
import os
import sys
import threading

_lock = threading.Lock()
_loaded = []


def load(settings):
    """
    Answers `run(argument, context)`, once loaded for all threads of an interpreter. Raises what the module raises, or
    ImportError with a sentence.
    """
    with _lock:
        if not _loaded:
            _loaded.append(find(settings.get("tasks")))
        return _loaded[0]


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
