"""What sealing costs: each content of a turn, sealed and opened."""

import secrets
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from bot.sessions.key_ring import KeyRing, row_of

SIZES = {"conversation": 6_000, "reply": 2_000, "token": 512}
"""Bytes of a conversation some turns old, of an answer, and of a note."""
ROUNDS = 5_000


def main() -> None:
    """Print the figures."""
    ring, row = KeyRing([secrets.token_bytes(32)]), row_of("state", "web", "c1")
    for name, size in SIZES.items():
        content = secrets.token_bytes(size)
        sealed = ring.seal(row, content)
        seal, unseal = micros(partial(ring.seal, row, content)), micros(partial(ring.open, row, sealed))
        print(f"{name:<13}{size:>6} bytes: seal {seal:.1f} µs, open {unseal:.1f} µs, {len(sealed) - size} bytes more")


def micros(job: Callable[[], bytes]) -> float:
    """The time of one, in the middle of many."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1_000_000


if __name__ == "__main__":
    main()
