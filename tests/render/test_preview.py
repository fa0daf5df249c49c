"""Correct: a preview shows what is saved, and what is wrong with it."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from secondlook.render.preview import ADDRESS, Preview


@pytest.fixture
def preview(project) -> Iterator[tuple[Preview, str]]:
    (project / "index.qmd").write_text("First.\n")
    (project / "other.qmd").write_text("Other.\n")
    (project / "broken.qmd").write_text("```{python}\n#| label: cell\n\n1 / 0\n```\n")
    shown = Preview(project)
    server = shown.serve(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown.render()
    threading.Thread(target=shown.watch, daemon=True).start()
    yield shown, f"http://{ADDRESS}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    shown.stop()


def get(address: str, host: str = "") -> str:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return reply.read().decode()


def wait_for(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_save_is_rendered_and_the_page_told_to_reload(preview):
    shown, address = preview
    page = get(f"{address}/")
    assert "First." in page
    assert "location.reload()" in page
    assert "connect-src 'self'; script-src 'sha256-" in page
    former = get(f"{address}/secondlook-preview")
    (shown.root / "index.qmd").write_text("Second.\n")
    wait_for(lambda: "Second." in get(f"{address}/index.html"))
    wait_for(lambda: get(f"{address}/secondlook-preview") != former)
    assert "location.reload()" not in (shown.output / "index.html").read_text()


def test_an_error_stands_in_the_page_until_it_is_mended(preview):
    shown, address = preview
    page = get(f"{address}/broken.html")
    assert "broken.qmd:4: cell `cell` fails" in page
    assert "ZeroDivisionError" in page
    (shown.root / "broken.qmd").write_text("Mended.\n")
    wait_for(lambda: "Mended." in get(f"{address}/broken.html"))
    (shown.root / "_quarto.yml").write_text("project: [\n")
    wait_for(lambda: "not YAML" in get(f"{address}/index.html"))


def test_it_serves_this_machine_and_no_file_outside_of_the_site(preview):
    _, address = preview
    assert address.startswith("http://127.0.0.1:")
    for path in ("/../index.qmd", "/%2e%2e/index.qmd", "/..%2findex.qmd"):
        with pytest.raises(urllib.error.HTTPError):
            get(address + path)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        get(f"{address}/index.html", host="evil.example")
