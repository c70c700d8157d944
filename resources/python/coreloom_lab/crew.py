"""Workers of the labs: threads and processes by the same few words."""
import signal
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
