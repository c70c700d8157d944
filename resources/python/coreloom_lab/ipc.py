"""Blocks of messages to a worker that stays from block to block, one for each way."""
import queue
import statistics

from coreloom_host.clock import now_ms

from . import launch

STREAM_BYTES = 4 * 2**20
STREAM_MOST = 64

_workers = {}


class Two:
    """Two queues of any kind, as one end of a connection."""

    def __init__(self, there, back):
        self.send, self.recv = there.put, back.get


def measure(ask, settings):
    way, size, budget_ms = ask["way"], ask["bytes"], ask["budgetMs"]
    if way not in _workers:
        _workers[way] = START[way](settings)
    link = _workers[way]
    if way == "python-shared":
        return signals(link, size, budget_ms)
    data = own(size)
    echo(link, data)
    trips = round_trips(link, lambda back: data if back is None else back, budget_ms / 4)
    # What a task is given is no bytes that came back with the one before.
    own_trips = round_trips(link, lambda back: own(size), budget_ms / 4)
    # Between threads an object moves nowhere: only its address does.
    rate = None if way == "python-thread-queue" else stream(link, data, budget_ms / 2)
    return {"roundTripUs": statistics.median(trips), "ownRoundTripUs": statistics.median(own_trips), "bytesPerSecond": rate}


def own(size):
    """Bytes that nobody had before."""
    return b"\x07" * size


def round_trips(link, following, budget_ms):
    trips = []
    back = None
    until_ms = now_ms() + budget_ms
    while True:
        data = following(back)
        start_ms = now_ms()
        back = echo(link, data)
        trips.append((now_ms() - start_ms) * 1e3)
        if now_ms() > until_ms:
            return trips


def echo(link, data):
    link.send(("echo", data))
    back = link.recv()
    if len(back) != len(data) or back[-1] != 7:
        raise RuntimeError("The bytes that came back differ from those that were sent.")
    return back


def stream(link, data, budget_ms):
    count = min(STREAM_MOST, max(2, -(-STREAM_BYTES // len(data))))
    until_ms = now_ms() + budget_ms
    rates = []
    while True:
        start_ms = now_ms()
        for at in range(count):
            link.send(("last" if at == count - 1 else "take", data))
        link.recv()
        rates.append(count * len(data) * 1e3 / (now_ms() - start_ms))
        if now_ms() > until_ms:
            return statistics.median(rates)


def signals(link, size, budget_ms):
    """A signal by a pipe about bytes that stay where they are; the other has looked at both ends of them."""
    from multiprocessing.shared_memory import SharedMemory

    memory = SharedMemory(create=True, size=size)
    try:
        link.send(memory.name)
        link.recv()
    finally:
        # Both have it now: without a name it goes with them, however they end.
        memory.unlink()
    try:
        trips = []
        until_ms = now_ms() + budget_ms
        at = 0
        while True:
            at = at % 255 + 1
            start_ms = now_ms()
            memory.buf[0] = at
            link.send_bytes(b"1")
            link.recv_bytes()
            trips.append((now_ms() - start_ms) * 1e3)
            if memory.buf[size - 1] != at:
                raise RuntimeError("The other process did not see the bytes that were written.")
            if now_ms() > until_ms:
                break
        link.send_bytes(b"0")
        link.recv()
        return {"roundTripUs": statistics.median(trips), "ownRoundTripUs": None, "bytesPerSecond": None}
    finally:
        memory.close()


def answer(receive, send):
    while True:
        kind, data = receive()
        if kind == "echo":
            send(data)
        elif kind == "last":
            send(b"")


def answer_queues(there, back):
    answer(there.get, back.put)


def answer_pipe(connection):
    answer(connection.recv, connection.send)


def answer_signals(connection):
    from multiprocessing.shared_memory import SharedMemory

    while True:
        memory = attached(SharedMemory, connection.recv())
        connection.send(True)
        last = memory.size - 1
        # The system may give whole pages; both ends are those of what was asked for.
        while connection.recv_bytes() == b"1":
            memory.buf[last] = memory.buf[0]
            connection.send_bytes(b"1")
        memory.close()
        connection.send(True)


def attached(SharedMemory, name):
    try:
        # From Python 3.13 on: who attaches does not clean up after who made it.
        return SharedMemory(name=name, track=False)
    except TypeError:
        return SharedMemory(name=name)


def thread_queue(settings):
    there, back = queue.Queue(), queue.Queue()
    launch.thread(answer_queues, there, back)
    return Two(there, back)


def process_queue(settings):
    there, back = launch.context(settings).Queue(), launch.context(settings).Queue()
    launch.process(settings, answer_queues, there, back)
    return Two(there, back)


def pipe(settings, target=answer_pipe):
    here, there = launch.context(settings).Pipe()
    launch.process(settings, target, there)
    return here


START = {
    "python-thread-queue": thread_queue,
    "python-queue": process_queue,
    "python-pipe": pipe,
    "python-shared": lambda settings: pipe(settings, answer_signals),
}
