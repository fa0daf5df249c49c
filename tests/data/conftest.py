from pathlib import Path

import pytest
from tests.data.smith import DESCRIPTION, ROWS

from secondlook.data import seal


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out the data folder of one paper, sealed, and make it the data folder in force."""
    folder = tmp_path / "data" / "smith-2001"
    folder.mkdir(parents=True)
    (folder / "datapackage.yaml").write_text(DESCRIPTION)
    (folder / "patients.csv").write_text(ROWS)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    assert seal("smith-2001") == ["patients"]
    return folder
