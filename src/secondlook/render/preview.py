"""``secondlook preview``: the site on this machine, rendered again and reloaded after each save."""

from __future__ import annotations

import html
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from secondlook.render.build import Renderer
from secondlook.render.problems import RenderError, tell
from secondlook.render.site import documents, page_path, read_site

ADDRESS = "127.0.0.1"
_EVERY = 0.3
_EVENTS = "/secondlook-preview"
_SCRIPT = f"""<script>
(() => {{
  let state = null;
  const ask = () => fetch("{_EVENTS}", {{ cache: "no-store" }}).then((reply) => reply.text())
    .then((now) => {{
      if (state !== null && now !== state) location.reload();
      state = now;
    }}).catch(() => {{}}).finally(() => setTimeout(ask, 400));
  ask();
}})();
</script>"""


class Preview:
    """The site while somebody works on it."""

    def __init__(
        self,
        root: Path,
        output: Path | None = None,
        *,
        jobs: int = 1,
        tell: Callable[[str], None] = lambda problem: None,
    ) -> None:
        self.root = root
        self._given = output
        self.jobs = jobs
        self.tell = tell
        self.output = output or root / "_site"
        self.problems: dict[Path, str] = {}
        self.version = 0
        self._renderer: Renderer | None = None
        self._stop = threading.Event()

    def render(self) -> None:
        """Render what has changed; problems are told, and kept for the pages to show."""
        try:
            site = read_site(self.root, self._given)
            self.output = site.output
            if self._renderer is None or self._renderer.site != site:
                self._close()
                self._renderer = Renderer(site, jobs=self.jobs, warm=True)
            outcomes = self._renderer.render(documents(site))
            changed = any(each.made for each in outcomes if not each.problem)
            problems = {
                page_path(site, each.source): str(each.problem) for each in outcomes if each.problem
            }
        except RenderError as problem:
            changed, problems = True, {Path("index.html"): str(problem)}
        if changed or problems != self.problems:
            self.version += 1
            for each in problems.values():
                self.tell(each)
        self.problems = problems

    def watch(self) -> None:
        """Render again whenever a file of the project changes, until :meth:`stop`."""
        seen = _state(self.root, self.output)
        while not self._stop.wait(_EVERY):
            now = _state(self.root, self.output)
            if now != seen:
                seen = now
                self.render()

    def serve(self, port: int) -> ThreadingHTTPServer:
        """Make a server of the site, for this machine only; port 0 takes a free one."""
        handler = partial(_Handler, self)
        server = ThreadingHTTPServer((ADDRESS, port), handler)
        server.daemon_threads = True
        return server

    def _close(self) -> None:
        if self._renderer is not None:
            self._renderer.__exit__()
            self._renderer = None

    def stop(self) -> None:
        """End watching and the kernels."""
        self._stop.set()
        self._close()


def preview_command(root: Path, *, output: Path | None, port: int, jobs: int) -> int:
    """Serve the site of a project until interrupted; the exit code is 2 without a port."""
    preview = Preview(root, output, jobs=jobs, tell=tell)
    try:
        server = preview.serve(port)
    except OSError as error:
        tell(f"secondlook: port {port} cannot be had: {error.strerror}; try --port")
        return 2
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell(f"http://{ADDRESS}:{server.server_address[1]}  (Ctrl-C ends)", "")
    try:
        preview.render()
        preview.watch()
    except KeyboardInterrupt:
        return 0
    finally:
        server.shutdown()
        preview.stop()
    return 0


def _state(root: Path, output: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of every file of the project but those that rendering writes."""
    found: dict[str, tuple[int, int]] = {}
    for folder, within, names in os.walk(root):
        within[:] = [
            name for name in within
            if not name.startswith((".", "__pycache__")) and Path(folder, name) != output
        ]  # fmt: skip
        for path in (os.path.join(folder, name) for name in names if not name.startswith(".")):
            with suppress(OSError):
                status = os.stat(path)
                found[path] = status.st_size, status.st_mtime_ns
    return found


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site's files; into a page goes the script that reloads it."""

    def __init__(self, preview: Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.output))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in (ADDRESS, "localhost"):
            # A page of another site that points its own name here.
            self.send_error(403)
            return
        path = self.path.split("?")[0].split("#")[0]
        if path == _EVENTS:
            self._answer(f"{self.preview.version}".encode(), "text/plain")
            return
        page = Path(self.translate_path(path))
        page = page / "index.html" if page.is_dir() else page
        if page.suffix != ".html":
            super().do_GET()
            return
        name = Path(page).relative_to(Path(self.translate_path("/")))
        problem = self.preview.problems.get(name)
        if problem is not None:
            self._answer(_problem_page(name, problem).encode(), "text/html; charset=utf-8")
        elif page.is_file():
            text = page.read_text(encoding="utf-8").replace("</body>", f"{_SCRIPT}\n</body>", 1)
            self._answer(_allowed(text).encode(), "text/html; charset=utf-8")
        else:
            self._answer(_problem_page(name, "There is no such page (yet).").encode(), "text/html")

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


def _allowed(text: str) -> str:
    """Let the reloading script run, and ask its question, under the page's policy."""
    from secondlook.render.pages import hash_of, scripts_within

    own = hash_of(scripts_within(_SCRIPT)[0])
    return text.replace("script-src ", f"connect-src 'self'; script-src {own} ", 1)


def _problem_page(name: Path, problem: str) -> str:
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>{html.escape(str(name))}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; } "
        "pre { white-space: pre-wrap; border-left: 4px solid #a02020; padding-left: 1rem; }</style>"
        f"<body><h1>{html.escape(name.as_posix())}</h1><pre>{html.escape(problem)}</pre>{_SCRIPT}</body>"
    )
