"""What the clock of this process says."""
from coreloom_host.clock import now_ms


def measure(ask, settings):
    return {"stampMs": now_ms()}
