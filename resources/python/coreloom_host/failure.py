"""How what goes wrong is told: in one sentence, with the place in the user's own file."""
import os

LONGEST_TEXT = 300
OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SEPARATORS = [separator for separator in (os.sep, os.altsep) if separator]


class Failed(Exception):
    """A task failed, and this is what is said of it."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


class ModuleFault(Exception):
    """What is wrong with a module, in one sentence that names the place and what to do."""


def said(error):
    """Anything raised, as part of a sentence; never raises itself."""
    name = type(error).__name__
    try:
        # A syntax error's text has its place in it, which is told as that of all others.
        text = error.msg if isinstance(error, SyntaxError) and error.msg else str(error)
        text = " ".join(text.split()).rstrip(".")
    except Exception:
        text = "(its text cannot be had)"
    return shortened("%s: %s" % (name, text) if text else name)


def frames_of(error):
    """Each frame that an error went through, with its line, the one that raised it last."""
    frames, at = [], error.__traceback__
    while at is not None:
        frames.append((at.tb_frame, at.tb_lineno))
        at = at.tb_next
    return frames


def innermost(error):
    """The frame that raised it."""
    frames = frames_of(error)
    return frames[-1][0] if frames else None


def shortened(text):
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def name_of(file):
    """`task.py`."""
    return file[max(file.rfind(separator) for separator in _SEPARATORS) + 1 :]


def place_text(file, line):
    """`task.py:12`."""
    return "%s:%d" % (name_of(file), line)


def place_in(error, path):
    """
    Where the user's own code raised an error: the innermost place in the file at `path`, else in whatever is neither
    Coreloom's own nor the interpreter's; None where nothing tells.
    """
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        offset = ":%d" % error.offset if error.offset else ""
        return place_text(error.filename, error.lineno) + offset
    frames = [(frame.f_code.co_filename, line) for frame, line in frames_of(error)]
    theirs = [(file, line) for file, line in frames if file.startswith(("/", "\\")) or file[1:2] == ":"]
    theirs = [(file, line) for file, line in theirs if not file.startswith(OWN_FOLDER)]
    for file, line in reversed(theirs):
        if file == path:
            return place_text(file, line)
    return place_text(*theirs[-1]) if theirs else None
