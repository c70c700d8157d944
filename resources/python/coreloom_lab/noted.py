"""A module of which every interpreter has its own."""

variable = 0
