"""Draws the Mandelbrot set: bytecode and floats only, so the interpreter lock is held throughout."""
from ..generator import fold, random_at

STEPS = 255


def run(size, seed, context):
    right, up = random_at(seed, 0), random_at(seed, 1)
    checksum = fold(fold(seed, right), up)
    for row in range(size):
        y = -1.25 + 2.5 * ((row + up / 2**32) / size)
        for column in range(size):
            checksum = fold(checksum, steps_of(-2.0 + 3.0 * ((column + right / 2**32) / size), y))
    return checksum


def steps_of(x, y):
    # Not Python's complex numbers: their multiplication may round in another order.
    zx = zy = zx2 = zy2 = 0.0
    steps = 0
    while steps < STEPS and zx2 + zy2 <= 4.0:
        zy = 2.0 * zx * zy + y
        zx = zx2 - zy2 + x
        zx2 = zx * zx
        zy2 = zy * zy
        steps += 1
    return steps
