"""Tells what this interpreter is, as one line of JSON. Runs on any Python, however old: it is how old ones are known."""
import os
import sys


def main():
    facts = {"version": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable}
    try:
        import platform

        facts["implementation"] = platform.python_implementation()
        facts["build"] = "%s %s (%s, %s)" % (facts["implementation"], platform.python_version(), ", ".join(platform.python_build()), platform.python_compiler())
        if sys.version_info >= (3, 8):
            facts.update(abilities())
    except Exception as error:
        facts["missing"] = "%s: %s" % (type(error).__name__, error)
    say(facts)


def abilities():
    # What the host and the workloads stand on: an interpreter without one of them was not built or installed whole.
    import hashlib
    import json
    import mmap
    import socket
    import sysconfig
    import threading
    import traceback
    import zlib

    hashlib.sha256, json.dumps, mmap.mmap, socket.socket, threading.get_native_id, traceback.extract_tb, zlib.crc32
    return {
        # A virtual environment's is a link to another's, and has other packages.
        "realPath": sys.executable if sys.prefix != sys.base_prefix else os.path.realpath(sys.executable) if sys.executable else "",
        "lockOn": sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True,
        "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "interpreters": has("concurrent.interpreters"),
        "startMethods": start_methods(),
        "semaphores": semaphores_work(),
    }


def has(module):
    try:
        __import__(module)
        return True
    except Exception:
        return False


def start_methods():
    """The platform's default first."""
    try:
        import multiprocessing

        methods = multiprocessing.get_all_start_methods()
        default = multiprocessing.get_start_method()
        return [default] + [method for method in methods if method != default]
    except Exception:
        return []


def semaphores_work():
    try:
        import _multiprocessing

        # kind (a plain semaphore), value, largest value, name, and that the name is removed at once
        _multiprocessing.SemLock(1, 1, 1, "/coreloom-%d" % os.getpid(), True)
        return True
    except Exception:
        return False


def say(facts):
    import json

    sys.stdout.write("\ncoreloom-probe %s\n" % json.dumps(facts))
    sys.stdout.flush()


main()
