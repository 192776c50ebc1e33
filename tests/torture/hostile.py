from __future__ import annotations


def torture(world, short):
    yield from ()
