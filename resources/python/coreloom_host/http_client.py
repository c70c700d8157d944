"""Requests to the server of a run (src/engine/workload/entry/http-server.ts)."""
import http.client
import time

PART_BYTES = 65536
# A server that ended is started again within this time, or its run is ended.
AGAIN_S = 10
PAUSE_S = 0.05
# A request that was lost after this time had a server when it began.
HELD_S = 1


class Lost(OSError):
    """The server cannot be reached."""


def fetch_body(context, asked, begin, add):
    """
    Adds up the parts of a body as they come, beginning with what `begin` answers. A request whose server ended is sent
    again, from its beginning. `asked` is the delay in ms, the bytes and the seed.
    """
    lost = None
    while True:
        asked_at = time.monotonic()
        try:
            return _body(context, asked, begin(), add)
        except Lost:
            now = time.monotonic()
            if lost is None or now - asked_at > HELD_S:
                lost = now
            if now - lost > AGAIN_S:
                raise
            time.sleep(PAUSE_S)


def _body(context, asked, value, add):
    delay_ms, size, seed = asked
    port = context.argument["prepared"]["port"]
    received = 0
    try:
        connection = _connection(context, port)
        connection.request("GET", "/%s/%d/%d" % (("%.3f" % delay_ms), size, seed))
        response = connection.getresponse()
        while True:
            part = response.read(PART_BYTES)
            if not part:
                break
            received += len(part)
            value = add(part, value)
        if response.status == 200 and received < size + 4:
            raise http.client.IncompleteRead(b"", size + 4 - received)
    except (OSError, http.client.HTTPException) as error:
        context.state.pop("http").close()
        raise Lost("The test server on port %d cannot be reached (%s): it has ended, or something on this machine blocks loopback connections." % (port, error)) from error
    if response.status != 200 or received != size + 4:
        raise OSError("The test server answered %d with %d bytes, but %d were requested." % (response.status, received, size + 4))
    return value


def _connection(context, port):
    """One for each worker, kept from request to request."""
    connection = context.state.get("http")
    if connection is None or connection.port != port:
        connection = context.state["http"] = http.client.HTTPConnection("127.0.0.1", port)
    return connection
