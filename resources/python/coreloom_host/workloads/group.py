"""Parses CSV text, groups its rows and adds them up: strings and dictionaries, the interpreter lock is held throughout."""
from ..generator import fold, mix32, random_at

ROWS = 1024


def row_of(row):
    shop, quantity, cents = (random_at(0, 3 * row + column) for column in range(3))
    return "%d,shop-%d,%d,%d\n" % (row, shop % 100, quantity % 9 + 1, cents % 10000)


# Made with the first import of this module, once in each process: writing the text costs more than reading it. All rows
# twice over, so that ROWS rows from any row on are one piece.
LINES = [row_of(row) for row in range(ROWS)] * 2
TEXT = "".join(LINES)
STARTS = [0]
for line in LINES:
    STARTS.append(STARTS[-1] + len(line))


def run(size, seed, context):
    groups = {}
    first = mix32(seed) % ROWS
    left = size
    while left > 0:
        add_rows(groups, TEXT[STARTS[first] : STARTS[first + min(left, ROWS)]])
        left -= ROWS
    return checksum_of(groups, seed)


def add_rows(groups, csv):
    for line in csv.split("\n"):
        if not line:
            continue
        _, shop, quantity, cents = line.split(",")
        quantity = int(quantity)
        cents = int(cents)
        sales = groups.get(shop)
        if sales is None:
            groups[shop] = [1, quantity, quantity * cents, cents, cents]
            continue
        sales[0] += 1
        sales[1] += quantity
        sales[2] += quantity * cents
        sales[3] = min(sales[3], cents)
        sales[4] = max(sales[4], cents)


def checksum_of(groups, seed):
    checksum = seed
    for shop in sorted(groups):
        checksum = fold(checksum, int(shop[len("shop-") :]))
        for value in groups[shop]:
            checksum = fold(checksum, value)
    return checksum
