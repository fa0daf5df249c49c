"""The distinct sequences of marks on many ways: ways merged by what follows them, then read."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from secondlook.inputs import IntArray
from secondlook.linked.pair_search import Pairs

__all__ = ["sequences"]


def sequences(paths: Pairs) -> IntArray:
    """Return the distinct sequences of marks on the ways to the complete rows.

    As `AdmissibleOrders.sequences`: binary digits, the first mark first, 1 a death.
    """
    # Rows from which the same sequences follow are one class; -1 leads nowhere.
    class_of = np.where(paths.complete, 0, -1)
    number: dict[bytes, int] = {}
    onward: dict[int, IntArray] = {}
    for layer in reversed(paths.arcs):
        alive = class_of[layer.target] >= 0
        codes = 2 * class_of[layer.target[alive]] + layer.death[alive]
        pairs = np.unique(np.stack([layer.source[alive], codes], axis=1), axis=0)
        source, first = np.unique(pairs[:, 0], return_index=True)
        class_of = np.full(layer.rows, -1)
        for row, own in zip(source, np.split(pairs[:, 1], first[1:]), strict=True):
            name = number.setdefault(own.tobytes(), len(number) + 1)
            class_of[row] = name
            onward[name] = own
    ways: dict[tuple[int, ...], IntArray] = {(int(class_of[0]),): np.zeros(1, dtype=np.int64)}
    for _ in paths.arcs:
        following: defaultdict[tuple[int, ...], list[IntArray]] = defaultdict(list)
        for classes, prefixes in ways.items():
            codes = np.unique(np.concatenate([onward[name] for name in classes]))
            for mark in (0, 1):
                then = tuple((codes[codes % 2 == mark] // 2).tolist())
                if then:
                    following[then].append(prefixes << 1 | mark)
        ways = {classes: np.concatenate(some) for classes, some in following.items()}
    return np.unique(np.concatenate(list(ways.values())))
