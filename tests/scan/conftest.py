from __future__ import annotations

import pytest


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    return tmp_path
