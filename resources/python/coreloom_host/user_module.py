"""A module of the user: loaded once in each interpreter, its `setup` called once for each worker."""
import binascii
import importlib.util
import inspect
import os
import pickle
import re
import sys
import types

from .checksum import NotSerialisable, result_checksum
from .failure import Failed, ModuleFault, name_of, place_in, place_text, said
from .user_context import UserContext

# Those of before the module was loaded, which may replace them.
_unpickled, _bytes_of = pickle.loads, binascii.a2b_base64


class UserModule:
    """What a file exports, checked. Raises ModuleFault."""

    def __init__(self, path):
        self.path = path
        found = imported(path)
        self.first_line = place_text(path, 1)
        task = getattr(found, "task", None)
        if task is None:
            raise ModuleFault("%s: the module defines no task; add `def task(input, context): …`." % self.first_line)
        self.task_place = self._place_of(task)
        self.task = self._callable("task", task, 2)
        self.setup = self._optional("setup", found)
        self.teardown = self._optional("teardown", found)
        self.asynchronous = any(found_by(inspect.iscoroutinefunction, getattr(found, name, None), False) for name in ("task", "setup", "teardown"))
        self.inputs = getattr(found, "inputs", None)
        self.meta = getattr(found, "meta", None)

    def bound(self, *worker):
        """What one worker runs of it."""
        return BoundModule(self, *worker)

    def place(self, error):
        """Where an error came from, as far as it tells; else where the task begins."""
        return place_in(error, self.path) or self.task_place

    def _place_of(self, function):
        code = getattr(found_by(inspect.unwrap, function, function) if callable(function) else None, "__code__", None)
        return self.first_line if code is None else place_text(code.co_filename, code.co_firstlineno)

    def _optional(self, name, found):
        value = getattr(found, name, None)
        return None if value is None else self._callable(name, value, 1)

    def _callable(self, name, value, count):
        """The function, called with as many of its arguments as it takes."""
        if not callable(value):
            raise ModuleFault("%s: the module’s %s is of the type %s; it must be a function." % (self.first_line, name, type(value).__name__))
        takes = most_taken(value, count)
        if takes is None:
            right = "(input, context)" if count == 2 else "(context)"
            raise ModuleFault("%s: the module’s %s has the wrong parameters; it must accept %s." % (self._place_of(value), name, right))
        return value if takes == count else lambda *given: value(*given[:takes])


def found_by(find, value, otherwise):
    """What a function of Python's own says of a value; the module may have replaced what that function calls."""
    try:
        return find(value)
    except Exception:
        return otherwise


def most_taken(function, most):
    """How many of `most` arguments a function can be called with; None where that is not even none."""
    signature = found_by(inspect.signature, function, None)
    if signature is None:
        return most
    for count in range(most, -1, -1):
        try:
            signature.bind(*[None] * count)
            return count
        except TypeError:
            pass
    return None


def imported(path):
    """
    The module at a path: of a package under its name there, as `python -m` runs it, else under its own name where no other
    has it. Processes that its tasks start find it by that.
    """
    root, name = place_in_packages(path)
    folder = os.path.dirname(path)
    sys.path.insert(0, root)
    if folder != root:
        # Also what it imports by its neighbours' bare names, as a script does; after all else, since a package may have a json.py.
        sys.path.append(folder)
    try:
        return loaded(name, path)
    except BaseException as error:  # noqa: B902 - whatever a module does as it is loaded
        sys.modules.pop(name, None)
        raise ModuleFault("%s: %s" % (place_in(error, path) or place_text(path, 1), top_level_sentence(error))) from error


def loaded(name, path):
    parent, _, last = name.rpartition(".")
    if parent:
        package = importlib.import_module(parent)
        found = sys.modules.get(name)
        if found is not None and same_file(getattr(found, "__file__", None), path):
            # Its package has imported it.
            return found
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    if parent:
        setattr(package, last, module)
    return module


def same_file(one, other):
    return one is not None and os.path.realpath(one) == os.path.realpath(other)


# As many dots as the widest `from ..x import y` of a file has.
_RELATIVE = re.compile(r"^[ \t]*from[ \t]+(\.+)", re.MULTILINE)


def place_in_packages(path):
    """
    The folder that packages are looked for in, and the module's name from there: up to the first folder without an
    __init__.py, and further where relative imports lead (folders without one are packages too).
    """
    folder, name = os.path.dirname(path), os.path.splitext(os.path.basename(path))[0]
    names = [] if name == "__init__" else [name]
    levels = relative_levels(path)
    while os.path.basename(folder).isidentifier() and (len(names) - (name != "__init__") < levels or os.path.exists(os.path.join(folder, "__init__.py"))):
        names.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    if len(names) == 1 and (name in sys.modules or not name.isidentifier()):
        return folder, "coreloom_module"
    return folder, ".".join(names)


def relative_levels(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return max([len(dots) for dots in _RELATIVE.findall(file.read())] or [0])
    except OSError:
        return 0


def top_level_sentence(error):
    if isinstance(error, SystemExit):
        return "the module calls sys.exit while it is loading; remove that call."
    if isinstance(error, SyntaxError):
        return "%s; correct the syntax." % said(error)
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError) and str(error).startswith("cannot import name"):
        return "%s; define it there, or correct the import." % said(error)
    if isinstance(error, ImportError):
        return "%s; install it for %s, or correct the import." % (said(error), sys.executable)
    return "the module raises %s while it is loading; fix that code." % said(error)


class BoundModule:
    """A module as one worker runs it."""

    def __init__(self, module, executor, worker, marks, send_line):
        self._module = module
        self._context = UserContext(executor, worker, marks, send_line)
        # Now and not in the first task, whose time it would be.
        self._loop = new_loop() if module.asynchronous else None
        if module.setup is not None:
            try:
                self._context.state = self._awaited(module.setup(self._context))
            except BaseException as error:  # noqa: B902 - whatever it raises, the worker cannot be used
                raise ModuleFault("%s: setup of the module raised %s (at %s)." % (name_of(module.path), said(error), module.place(error))) from error

    def argument(self, given):
        """What the task is given: made before its time runs. Never raises."""
        if "value" not in given:
            return {"index": given.get("index", 0), "seed": given["seed"], "size": given["size"]}
        try:
            return _unpickled(_bytes_of(given["value"]))
        except Exception as error:
            return Unreadable(error)

    def run(self, argument, _context):
        """The checksum of the task's result. Raises Failed."""
        module = self._module
        if isinstance(argument, Unreadable):
            raise Failed("task-not-cloneable", "The task’s input cannot be read in its worker (%s); use plain data (the task is at %s)." % (said(argument.error), module.task_place), module.task_place)
        try:
            value = self._awaited(module.task(argument, self._context))
        except BaseException as error:  # noqa: B902 - a task may raise anything, also SystemExit
            raise Failed("task-threw", raised(error, module), module.task_place) from None
        try:
            return result_checksum(value)
        except NotSerialisable as error:
            what = str(error)
        except RecursionError:
            what = "it is nested too deeply"
        except Exception as error:
            what = said(error)
        raise Failed("task-not-cloneable", "The task’s result cannot be sent to another worker: %s; return plain data (the task is at %s)." % (what, module.task_place), module.task_place)

    def close(self):
        """`teardown`, in the worker that leaves. Raises what it raises."""
        try:
            if self._module.teardown is not None:
                self._awaited(self._module.teardown(self._context))
        except BaseException as error:  # noqa: B902 - told, and the worker ends all the same
            self._context.log("teardown raised %s (at %s)" % (said(error), self._module.place(error)))
        finally:
            if self._loop is not None:
                self._loop.close()

    def _awaited(self, value):
        if not isinstance(value, types.CoroutineType):
            return value
        if self._loop is None:
            self._loop = new_loop()
        return self._loop.run_until_complete(value)


def new_loop():
    import asyncio

    return asyncio.new_event_loop()


class Unreadable:
    def __init__(self, error):
        self.error = error


def raised(error, module):
    place = module.place(error)
    if isinstance(error, SystemExit):
        return "%s: the task calls sys.exit; return instead, or raise an exception." % place
    if isinstance(error, MemoryError):
        return "%s: the task ran out of memory (%s); keep less data at a time." % (place, said(error))
    return "The task raised %s (at %s)." % (said(error), place)
