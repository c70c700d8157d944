"""The checksum of what a task returned: the twin of src/engine/custom/checksum.ts, equal for all that JSON can hold, and for bytes."""
import struct
import types
import zlib

from .failure import shortened

# The tags of checksum.ts; what only Python has counts behind tags of its own.
NULL, FALSE, TRUE, NUMBER, BIGINT, STRING, ARRAY, OBJECT, MAP, SET, BYTES, CYCLE = 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 17
BY_REDUCTION, REFERENCE = 101, 102

MASK = 0xFFFFFFFF
# How many values a result may be made of, as in checksum.ts: one that shares its parts may be far more than it looks.
MOST_VALUES = 2**22
_crc32 = zlib.crc32
WORD = struct.Struct("<I")
DOUBLE = struct.Struct("<d")
NAN = WORD.pack(0) + WORD.pack(0x7FF80000)
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
LAZY = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)


class NotSerialisable(Exception):
    """What a result holds that no other worker could be sent: names the place, such as `result["rows"][2]`."""


def result_checksum(value):
    """
    MurmurHash3 (32 bits, seed 0) over the value's parts, an unsigned 32-bit number. Raises NotSerialisable, or
    RecursionError where the value is nested too deeply.
    """
    parts = Parts()
    parts.value(value, "result")
    return murmur3(bytes(parts.bytes))


def murmur3(data):
    """Of whole words of 32 bits."""
    state = 0
    for (word,) in WORD.iter_unpack(data):
        word = word * 0xCC9E2D51 & MASK
        state ^= (word << 15 | word >> 17) * 0x1B873593 & MASK
        state = ((state << 13 | state >> 19) * 5 + 0xE6546B64) & MASK
    state ^= len(data)
    state = (state ^ state >> 16) * 0x85EBCA6B & MASK
    state = (state ^ state >> 13) * 0xC2B2AE35 & MASK
    return state ^ state >> 16


class Parts:
    """The words that a value is hashed by."""

    def __init__(self):
        self.bytes = bytearray()
        # The containers around the one that is looked at, each with how deep it lies: only a cycle leads back to one.
        self._around = {}
        self._values = 0

    def word(self, word):
        self.bytes += WORD.pack(word & MASK)

    def text(self, text):
        units = text.encode("utf-16-le", "surrogatepass")
        self.word(len(units) // 2)
        self.bytes += units + b"\0\0" * (len(units) // 2 % 2)

    def value(self, value, place):
        self._values += 1
        if self._values > MOST_VALUES:
            raise NotSerialisable("it contains more than %d values" % MOST_VALUES)
        if value is None:
            self.word(NULL)
        elif isinstance(value, bool):
            self.word(TRUE if value else FALSE)
        elif isinstance(value, (int, float)):
            self._number(value)
        elif isinstance(value, str):
            self.word(STRING)
            self.text(str(value))
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self._bytes(value)
        else:
            self._container(value, place)

    def _number(self, value):
        """A whole number that a float holds exactly is that number, as all numbers are in JavaScript; any other is a BigInt."""
        try:
            number = float(value)
            exact = number == value or number != number
        except OverflowError:
            exact = False
        if exact:
            self.word(NUMBER)
            self.bytes += NAN if number != number else DOUBLE.pack(number)
        else:
            self.word(BIGINT)
            self.text(format(int(value), "x"))

    def _bytes(self, value):
        """By their CRC, as a Uint8Array: hashing them here would take longer than most of what makes them."""
        self.word(BYTES)
        self.text("Uint8Array")
        self.word(memoryview(value).nbytes)
        self.word(_crc32(value))

    def _container(self, value, place):
        depth = self._around.get(id(value))
        if depth is not None:
            self.word(CYCLE)
            self.word(depth)
            return
        self._around[id(value)] = len(self._around)
        if isinstance(value, (list, tuple)):
            self.word(ARRAY)
            self.word(len(value))
            for at, item in enumerate(value):
                self.value(item, "%s[%d]" % (place, at))
        elif isinstance(value, dict):
            self._dict(value, place)
        elif isinstance(value, (set, frozenset)):
            self._set(value, place)
        else:
            self._reduced(value, place)
        del self._around[id(value)]

    def _dict(self, value, place):
        if all(isinstance(key, str) for key in value):
            self.word(OBJECT)
            self.word(len(value))
            # In the order of JavaScript, which is that of UTF-16.
            for key in sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass")):
                self.text(key)
                self.value(value[key], "%s[%r]" % (place, key))
            return
        self.word(MAP)
        self.word(2 * len(value))
        for key, item in value.items():
            self.value(key, "a key of %s" % place)
            self.value(item, "%s[%s]" % (place, shortened(repr(key))))

    def _set(self, value, place):
        """Without order, which a set of texts has another one of in each process."""
        hashes = []
        for item in value:
            parts = Parts()
            parts._around, parts._values = self._around, self._values
            parts.value(item, "a member of %s" % place)
            self._values = parts._values
            hashes.append(murmur3(bytes(parts.bytes)))
        self.word(SET)
        self.word(len(hashes))
        for one in sorted(hashes):
            self.word(one)

    def _reduced(self, value, place):
        """Anything else by what pickle would make it again from."""
        refuse(value, place)
        try:
            reduced = value.__reduce_ex__(2)
        except RecursionError:
            raise
        except Exception:
            raise NotSerialisable("%s is of the type %s" % (place, type(value).__name__)) from None
        if isinstance(reduced, str):
            reduced = (reduced,)
        self.word(BY_REDUCTION)
        maker, arguments, state, items, pairs = (tuple(reduced) + (None,) * 5)[:5]
        self._reference(maker, place)
        for part in arguments or ():
            self._reference(part, place)
        self.value(state, place)
        self.value(None if items is None else list(items), place)
        self.value(None if pairs is None else dict(pairs), place)

    def _reference(self, part, place):
        """What makes a value is known by its name; the rest are values."""
        if isinstance(part, type) or isinstance(part, FUNCTIONS):
            self.word(REFERENCE)
            self.text("%s.%s" % (part.__module__, part.__qualname__))
        else:
            self.value(part, place)


def refuse(value, place):
    """What pickle takes by its name, or not at all, is no result."""
    if isinstance(value, FUNCTIONS):
        raise NotSerialisable("%s is a function (%s)" % (place, value.__name__))
    if isinstance(value, type):
        raise NotSerialisable("%s is a class (%s)" % (place, value.__name__))
    if isinstance(value, LAZY):
        raise NotSerialisable("%s is a %s (return what it yields)" % (place, type(value).__name__))
