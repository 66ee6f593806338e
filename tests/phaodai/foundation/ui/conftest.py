"""The gallery of sample pages, rendered once for each module that looks at it."""

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from phaodai import foundation
from phaodai.foundation.assets import build_assets, compile_messages

# As strict as a page can be: nothing from elsewhere, no inline script, no inline style.
POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Third-party files made afresh."""
    target = tmp_path_factory.mktemp("assets")
    assert build_assets(target)
    return target


@pytest.fixture(scope="module")
def static_files(assets: Path) -> Iterator[None]:
    """Plain addresses of static files, and the fonts where charts find them."""
    compile_messages([Path(foundation.__file__).parent])
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        STATICFILES_DIRS=[assets],
        STORAGES=plain,
        STATIC_URL="/static/",
        LANGUAGE_CODE="vi",
        FORM_RENDERER="django.forms.renderers.DjangoTemplates",
    ):
        yield


@pytest.fixture(scope="module")
def gallery(static_files: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages and their static files."""
    from tests.phaodai.foundation.ui.gallery.pages import copy_static_files, render_pages

    out = tmp_path_factory.mktemp("gallery")
    copy_static_files(out)
    render_pages(out)
    return out


ANSWERS = {"/cell": "cell-editor.html", "/branch": "branch.html", "/why": "why.html", "/live": "live.html"}


class GalleryHandler(SimpleHTTPRequestHandler):
    """Serves the gallery under the strict policy; a few addresses play the server behind a part."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_words: object) -> None:
        """Keep the output of the tests clean."""

    def do_GET(self) -> None:
        name = "side.html" if self.path.startswith("/side") else ANSWERS.get(self.path)
        if name:
            self._answer(200, (Path(self.directory) / name).read_bytes())
        else:
            super().do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, name = (422, "cell-refused.html") if "31%2F2" in body else (200, "cell-saved.html")
        if "500" in body:
            status, name = 500, "cell-saved.html"
        self._answer(status, (Path(self.directory) / name).read_bytes())

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def address(gallery: Path) -> Iterator[str]:
    """Where the gallery is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(GalleryHandler, directory=str(gallery)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module; closed before others touch the database, which its event loop would forbid."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
