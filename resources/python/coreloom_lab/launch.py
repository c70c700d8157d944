"""Workers of the labs: threads, interpreters and processes by the same few words."""
import signal
import sys
import threading

from coreloom_host.watch import die_with_parent


def context(settings):
    import multiprocessing

    return multiprocessing.get_context(settings.get("startMethod"))


def thread(target, *args):
    """A thread that ends with this process."""
    started = threading.Thread(target=target, args=args, daemon=True)
    started.start()
    return started


def interpreter(source, **shared):
    """A thread with an interpreter, and a lock, of its own (Python 3.14), which runs this source; it ends with this process."""
    from concurrent import interpreters

    # Here, so that the caller is told why there is none.
    own = interpreters.create()
    own.prepare_main(path=tuple(sys.path), **shared)

    def run():
        try:
            own.exec("import sys\nsys.path[:] = path\n" + source)
        finally:
            own.close()

    return thread(run)


def process(settings, target, *args):
    """A process that ends with this one."""
    started = context(settings).Process(target=alone, args=(target,) + args, daemon=True)
    started.start()
    return started


def alone(target, *args):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    target(*args)


def end(processes):
    for one in processes:
        one.kill()
    for one in processes:
        one.join()
