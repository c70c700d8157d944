"""Runs tasks by their Python twins: reads a list of inputs as JSON, prints the list of their checksums."""
import json
import sys

sys.path.insert(0, sys.argv[1])
from coreloom_host import tasks  # noqa: E402
from coreloom_host.context import Context  # noqa: E402

context = Context("python-threads", 1, lambda line: None)
checksums = []
for argument in json.load(sys.stdin):
    context.argument = argument
    checksums.append(tasks.run(argument, context))
context.close()
print(json.dumps(checksums))
