"""Where pandoc is: the one that the ``pypandoc_binary`` wheel ships, or a newer one."""

from __future__ import annotations

from functools import cache
from threading import Lock

from secondlook.extras import missing

_ONE_AT_A_TIME = Lock()
"""While pypandoc compares the versions that it finds, another thread gets whichever came first."""


@cache
def pandoc_program() -> str:
    """Return the path of the newest pandoc that pypandoc finds.

    A ValueError says what to install, where there is no pypandoc.
    """
    try:
        import pypandoc
    except ImportError as error:
        raise ValueError(missing(error)) from None
    with _ONE_AT_A_TIME:
        return str(pypandoc.get_pandoc_path())
