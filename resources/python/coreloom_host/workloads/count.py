"""The textbook example: prints Number: 1 to Number: 5, each after a wait of `size` ms, which releases the lock."""
import time

from ..generator import fold


def run(size, seed, context):
    checksum = seed
    for number in range(1, 6):
        time.sleep(size / 1000)
        context.print("Number: %d" % number)
        checksum = fold(checksum, number)
    return checksum
