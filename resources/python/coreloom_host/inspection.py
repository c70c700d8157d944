"""Looks at a module of the user in a process of its own, and answers what it says of itself as one line of JSON."""
import base64
import faulthandler
import inspect
import json
import os
import pickle
import sys

from .channel import from_json, to_json
from .failure import ModuleFault, name_of, place_in, place_text, said
from .main import first_line
from .user_module import UserModule, most_taken
from .watch import die_with_parent

# Those of before the module was loaded, which may replace them.
really_exit, _write, _getpid = os._exit, os.write, os.getpid
_pickled, _unpickled, _text_of = pickle.dumps, pickle.loads, base64.b64encode


def main():
    argument = json.loads(first_line())
    die_with_parent()
    answers = os.dup(1)
    crashes = os.fdopen(os.dup(2), "w")
    # Whatever the module prints is nobody's concern yet.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    faulthandler.enable(crashes, all_threads=False)
    # Not a thread of Python's: it also ends what keeps the interpreter lock, and says where it was.
    faulthandler.dump_traceback_later(argument["limitMs"] / 1000, exit=True, file=crashes)
    refuse_exit(answers, argument["path"])
    try:
        found = look(argument)
    except ModuleFault as fault:
        found = {"ok": False, "message": str(fault)}
    except Exception as error:
        found = {"ok": False, "message": broke(error, argument["path"])}
    answer(answers, found)


def broke(error, path):
    """What Coreloom's own code, or Python's, raised, since the module replaced what it stands on."""
    place = place_in(error, path) or place_text(path, 1)
    return "%s: the module cannot be checked because it replaces parts of Python (%s); remove that code." % (place, said(error))


def answer(descriptor, message):
    data = to_json(message).encode() + b"\n"
    while data:
        data = data[_write(descriptor, data) :]
    # Threads that the module left behind are not waited for.
    really_exit(0)


def refuse_exit(answers, path):
    pid = _getpid()

    def _exit(status):
        if _getpid() == pid:
            place = place_of_caller(path)
            answer(answers, {"ok": False, "message": "%s: the module calls os._exit while it is loading; remove that call." % place})
        really_exit(status)

    os._exit = _exit


def place_of_caller(path):
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename != path:
        frame = frame.f_back
    return place_text(path, 1 if frame is None else frame.f_lineno)


def look(argument):
    path = argument["path"]
    module = UserModule(path)
    exports = [name for name in ("task", "setup", "teardown", "inputs", "meta") if getattr(module, name) is not None]
    found = {"ok": True, "exports": exports, "taskPlace": module.task_place, "inputs": None}
    if module.meta is not None:
        found["meta"] = plain_meta(module)
    if module.inputs is not None:
        size = argument["size"] or usual_size(module.meta)
        inputs = collected(module, {"seed": argument["seed"], "size": size}, argument["most"])
        found["inputs"] = [packed(value, at, module) for at, value in enumerate(inputs)]
    return found


def plain_meta(module):
    try:
        return from_json(to_json(module.meta).encode())
    except (TypeError, ValueError, RecursionError) as error:
        raise ModuleFault("%s: the module’s meta is not plain data (%s); use strings, numbers, True and False." % (name_of(module.path), said(error)))


def usual_size(meta):
    """The size of a module where none was chosen; what is wrong with it is said elsewhere."""
    size = meta.get("size") if isinstance(meta, dict) else None
    usual = size.get("default") if isinstance(size, dict) else None
    return usual if isinstance(usual, int) else 1


def collected(module, request, most):
    """The first `most` of what the module gives: a list, something that can be iterated, or a function that answers one."""
    made = module.inputs
    inputs = []
    try:
        if callable(made):
            # As (seed, size), or as one dictionary of both.
            arguments = {2: [request["seed"], request["size"]], 1: [request]}.get(most_taken(made, 2), [])
            made = made(*arguments)
        if not hasattr(type(made), "__iter__") or isinstance(made, (str, bytes)):
            raise ModuleFault("%s: the module’s inputs are of the type %s; they must be a list, a generator, or a function that returns one of these." % (module.first_line, type(made).__name__))
        for value in made:
            inputs.append(value)
            if len(inputs) == most:
                break
    except ModuleFault:
        raise
    except BaseException as error:  # noqa: B902 - whatever it raises
        raise ModuleFault("%s: creating the module’s inputs failed: %s; fix that code." % (place_in(error, module.path) or module.first_line, said(error)))
    if not inputs:
        raise ModuleFault("%s: the module’s inputs are empty; give at least one, or remove them." % module.first_line)
    return inputs


def packed(value, at, module):
    """An input as every worker gets it: its own copy, of whatever Python can send from one process to another."""
    try:
        data = _pickled(value, protocol=4)
        _unpickled(data)
    except Exception as error:
        raise ModuleFault("%s: inputs[%d] cannot be sent to a worker (%s); use plain data." % (module.first_line, at, said(error)))
    return _text_of(data).decode()
