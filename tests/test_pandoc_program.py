"""One pandoc for all threads, though pypandoc passes over another while it looks for the newest."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from secondlook.pandoc_program import pandoc_program


@pytest.fixture(autouse=True)
def _forgotten():
    pandoc_program.cache_clear()
    yield
    pandoc_program.cache_clear()


def test_no_thread_gets_an_older_pandoc_that_is_found_on_the_way(monkeypatch):
    found: list[str] = []

    def get_pandoc_path() -> str:
        if not found:
            found.append("the older")
            time.sleep(0.2)
            found.append("the newest")
        return found[-1]

    monkeypatch.setitem(sys.modules, "pypandoc", SimpleNamespace(get_pandoc_path=get_pandoc_path))
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda _: pandoc_program(), range(4)))
    assert taken == ["the newest"] * 4
