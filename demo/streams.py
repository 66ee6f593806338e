"""Named random streams: each part of the province draws from its own, so that changing one leaves the others alone."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


def stream(seed: int, *name: str) -> np.random.Generator:
    """Return the generator that belongs to ``name`` under ``seed``.

    The name is hashed into the spawn key of a ``numpy.random.SeedSequence``: the same seed and name always give
    the same numbers, and two names give independent ones, in whatever order they are asked for.
    """
    digest = blake2b("/".join(name).encode(), digest_size=16).digest()
    spawn_key = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence(entropy=seed, spawn_key=spawn_key))


def share_out(total: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Divide ``total`` whole things in proportion to ``weights`` (largest remainder); the parts sum to ``total``."""
    exact = weights * (total / weights.sum())
    parts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    missing = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:missing]] += 1
    return parts
