"""Requests to the server of a run (src/engine/workload/entry/http-server.ts)."""
import http.client

PART_BYTES = 65536


def fetch_parts(context, delay_ms, size, seed):
    """The parts of the body, as they come. One connection for each worker, kept from request to request."""
    port = context.argument["prepared"]["port"]
    connection = context.state.get("http")
    if connection is None or connection.port != port:
        connection = context.state["http"] = http.client.HTTPConnection("127.0.0.1", port)
    received = 0
    try:
        connection.request("GET", "/%s/%d/%d" % (("%.3f" % delay_ms), size, seed))
        response = connection.getresponse()
        while True:
            part = response.read(PART_BYTES)
            if not part:
                break
            received += len(part)
            yield part
    except (OSError, http.client.HTTPException) as error:
        context.state.pop("http", None)
        connection.close()
        raise OSError("The run's server on port %d cannot be reached (%s): it has ended, or something on this machine keeps programs from their own loopback." % (port, error)) from error
    if response.status != 200 or received != size + 4:
        raise OSError("The run's server answered %d with %d bytes, where %d were asked for." % (response.status, received, size + 4))
