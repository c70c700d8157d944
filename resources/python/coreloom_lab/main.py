"""One ask at a time; this process, the leader of its group, ends with Node, and everything that it started with it."""
import importlib
import json
import os
import queue
import shutil
import signal
import sys
import threading

from coreloom_host.clock import now_ms
from coreloom_host.temporary import keep_in
from coreloom_host.watch import die_with_parent, end_all_but_tracker

# Imported when asked for: what one lab needs must not weigh in what another one measures.
MODULES = {"ipc": "ipc", "race": "race", "climb": "climb", "visibility": "visibility", "startup": "startup", "clock": "stamp"}


def main():
    started_ms = now_ms()
    settings = json.loads(sys.argv[1])
    # An interrupt typed at a terminal is Node's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Killed, it could not end those that a fork server started; suspended, it shall go on and read that Node is gone.
    die_with_parent(getattr(signal, "SIGCONT", None))
    if settings["folder"] is not None:
        keep_in(settings["folder"])
    asks = queue.SimpleQueue()
    threading.Thread(target=read, args=(asks, settings["folder"]), daemon=True).start()
    while True:
        ask = json.loads(asks.get())
        try:
            module = importlib.import_module("coreloom_lab." + MODULES[ask["type"]])
            answer = {"ok": True, "value": module.measure(ask, settings), "startedMs": started_ms}
        except Exception as error:
            answer = {"ok": False, "message": "%s: %s" % (type(error).__name__, error) if str(error) else type(error).__name__}
        os.write(1, (json.dumps(answer) + "\n").encode())


def read(asks, folder):
    """Lines as they come; unbuffered, as a fork must find no lock held by this thread."""
    text = b""
    while True:
        more = os.read(0, 65536)
        if not more:
            # Node was killed: what it would have removed is removed here.
            shutil.rmtree(folder or "", ignore_errors=True)
            end_all_but_tracker()
        text += more
        *lines, text = text.split(b"\n")
        for line in lines:
            asks.put(line)
