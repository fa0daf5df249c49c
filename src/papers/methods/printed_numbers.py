"""What a printed number admits, and the verdict on a recomputed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook import printed

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = (
    ("52.4", 11 / 21 * 100, "11 of 21, in percent"),
    ("52.3", 11 / 21 * 100, "the same, with the last digit cut"),
    ("52", 11 / 21 * 100, "the same, with fewer digits"),
    ("52.0", 11 / 21 * 100, "the same, with a digit that promises more"),
    ("0.12", 0.125, "exactly half way: rounded to even, or cut"),
    ("0.13", 0.125, "exactly half way: rounded up"),
    ("<0.001", 0.0004, "a bound"),
    ("0.05", 0.0549, "rounded"),
    ("0.05", 0.0551, "cut, not rounded"),
)


def verdicts() -> pd.DataFrame:
    """Return printed texts beside recomputed values, and the verdict that the text gets."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "printed": text,
                "recomputed": f"{value:.6g}",
                "verdict": printed.verdict(text, value),
                "what": what,
            }
            for text, value, what in EXAMPLES
        ]
    )
