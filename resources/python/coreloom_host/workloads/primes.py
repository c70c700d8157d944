"""Finds primes by trial division: bytecode and small integers only, so the interpreter lock is held throughout."""
from ..generator import fold, mix32

FIRST = 1000001
STARTS = 16384


def run(size, seed, context):
    start = FIRST + 2 * (mix32(seed) % STARTS)
    checksum = seed
    for number in range(start, start + 2 * size, 2):
        if is_odd_prime(number):
            checksum = fold(checksum, number)
    return checksum


def is_odd_prime(number):
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True
