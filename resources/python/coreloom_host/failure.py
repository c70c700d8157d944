"""How what goes wrong is told: in one sentence, with the place in the user's own file."""
import builtins
import os

LONGEST_TEXT = 300
# Of an error's reasons: characters of each, how many one behind another, of one group, and of all together.
LONGEST_REASON = 200
MOST_CAUSES = 4
MOST_OF_GROUP = 3
MOST_REASONS = 8
OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SEPARATORS = [separator for separator in (os.sep, os.altsep) if separator]


class Failed(Exception):
    """A task failed, and this is what is said of it, with the place in the user's file that it names, if it names one."""

    def __init__(self, code, message, place=None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place


class ModuleFault(Exception):
    """What is wrong with a module, in one sentence that names the place and what to do."""


def said(error):
    """Anything raised, as part of a sentence, with its reasons; never raises itself."""
    return said_alone(error, LONGEST_TEXT) + reasons(error, _Bounds(error), MOST_CAUSES)


def said_alone(error, longest):
    name = type(error).__name__
    try:
        # A syntax error's text has its place in it, which is told as that of all others.
        text = error.msg if isinstance(error, SyntaxError) and error.msg else str(error)
        text = " ".join(text.split()).rstrip(".")
    except Exception:
        text = "(its text is not available)"
    return shortened("%s: %s" % (name, text) if text else name, longest)


class _Bounds:
    """What was told already, and how many reasons may follow."""

    def __init__(self, error):
        self.seen = {id(error)}
        self.left = MOST_REASONS


def reasons(error, bounds, depth):
    """The errors that one is made of (ExceptionGroup), and what it was raised from or in the handling of."""
    try:
        return group_of(error, bounds, depth) + cause_of(error, bounds, depth)
    except Exception:
        return ""


def group_of(error, bounds, depth):
    # Before Python 3.11 there are none.
    inner = error.exceptions if isinstance(error, getattr(builtins, "BaseExceptionGroup", ())) else ()
    if not inner:
        return ""
    shown = [text for text in (reason(one, bounds, depth) for one in (inner[:MOST_OF_GROUP] if depth > 0 else ())) if text]
    more = len(inner) - len(shown)
    if more:
        shown.append("%d %s" % (more, "more" if shown else "errors"))
    return " [%s]" % "; ".join(shown)


def cause_of(error, bounds, depth):
    if error.__cause__ is not None:
        text, how = reason(error.__cause__, bounds, depth), "caused by"
    elif error.__context__ is not None and not error.__suppress_context__:
        text, how = reason(error.__context__, bounds, depth), "raised while handling"
    else:
        return ""
    return ", %s %s" % (how, text) if text else ""


def reason(error, bounds, depth):
    """One reason with its own; empty where it stands before already, or is one too many."""
    if depth == 0 or bounds.left == 0 or id(error) in bounds.seen:
        return ""
    bounds.left -= 1
    bounds.seen.add(id(error))
    return said_alone(error, LONGEST_REASON) + reasons(error, bounds, depth - 1)


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


def shortened(text, longest=LONGEST_TEXT):
    return text if len(text) <= longest else text[:longest] + "…"


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
