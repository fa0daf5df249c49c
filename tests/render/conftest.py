from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from secondlook.render.build import Outcome, render_documents
from secondlook.render.kernel import Kernels
from secondlook.render.site import documents, read_site

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the test site once and give the folder of its pages."""
    output = tmp_path_factory.mktemp("site")
    site = read_site(SITE, output)
    outcomes: list[Outcome] = render_documents(site, documents(site), jobs=2)
    problems = [each.problem for each in outcomes if each.problem]
    assert not problems, problems
    return output


@pytest.fixture(scope="session", autouse=True)
def one_warm_process() -> Iterator[None]:
    """Fork the kernels of all these tests from one process, which imports pandas once."""
    with Kernels() as kernels, pytest.MonkeyPatch.context() as patch:
        patch.setattr("secondlook.render.build.Kernels", lambda **_: nullcontext(kernels))
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Lay out an empty project."""
    (tmp_path / "_quarto.yml").write_text("project: {type: website, render: ['*.qmd']}\n")
    return tmp_path
