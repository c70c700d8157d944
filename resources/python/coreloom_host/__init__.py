"""The CPython side of Coreloom: a host for workers that Node starts, feeds and ends. Standard library only, Python 3.8 to 3.14."""
