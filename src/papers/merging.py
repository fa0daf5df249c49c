"""Put the results of a paper's parts together, each claim once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from secondlook.claims import Result


def merged(parts: Iterable[Callable[[], Mapping[str, Result]]]) -> dict[str, Result]:
    """Run each part and join the results.

    Raises
    ------
    ValueError
        If two parts give a result for the same claim, naming the later part.
    """
    results: dict[str, Result] = {}
    for part in parts:
        new = part()
        if twice := sorted(results.keys() & new.keys()):
            raise ValueError(f"{part.__name__} repeats the results of {', '.join(twice)}")
        results |= new
    return results
