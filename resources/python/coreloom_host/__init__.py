"""
The CPython side of Coreloom: a host for workers that Node starts, feeds and ends. Standard library only, Python 3.8 to 3.14.

Its files have builtins of their own, taken before any module of the user is loaded: what such a module puts in the place of
`len` or `isinstance` is its own concern. (What they use of other modules they take when they are loaded.)
"""
import builtins
import importlib.machinery
import sys

OWN_BUILTINS = dict(vars(builtins))


class OwnLoader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module):
        vars(module)["__builtins__"] = OWN_BUILTINS
        super().exec_module(module)


class OwnFinder:
    """Finds the files of this package, and lets everything else be found as always."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if not name.startswith(__name__ + "."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = OwnLoader(spec.loader.name, spec.loader.path)
        return spec


sys.meta_path.insert(0, OwnFinder)
