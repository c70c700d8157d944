"""What a worker calls for each task where no module of the user's was given: the registry of workloads."""
import importlib
import re

_found = {}


def run(argument, context):
    """Does the work of `argument` and answers its checksum."""
    name = argument["workload"]
    found = _found.get(name)
    if found is None:
        found = _found[name] = find(name)
    return found(argument["size"], argument["seed"], context)


def find(name):
    """The function `run` of the workload of that name. Raises LookupError with a sentence."""
    # The name becomes a module's name: nothing but a workload's own alphabet goes there.
    if re.match(r"[a-z][a-z0-9-]*\Z", name) is None:
        raise LookupError("There is no workload %r." % (name,))
    module = "%s.workloads.%s" % (__package__, name.replace("-", "_"))
    try:
        return importlib.import_module(module).run
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise LookupError("The workload %s does not exist in Python." % name) from None
