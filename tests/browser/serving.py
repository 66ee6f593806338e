"""The program behind a real socket, on a copy of the tests' small province whose clock can be moved."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIServer

from django.core.servers.basehttp import WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction
from django.utils import timezone

from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering

Answer = TypeVar("Answer")


class QuietHandler(WSGIRequestHandler):
    """Keeps the output of the tests clean."""

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection; each gives its database connection back when it ends."""

    daemon_threads = True
    request_queue_size = 64

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection of a browser."""
        super().process_request_thread(request, client_address)
        connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no failure of ours."""


@dataclass(frozen=True)
class Site:
    """Where the program is served, and the one door to its data for a test whose thread belongs to the browser."""

    address: str

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Run `question` as the installation itself, in a thread without an event loop, which Django's models need."""
        found: list[Answer] = []
        trouble: list[BaseException] = []

        def run() -> None:
            try:
                with entering(SYSTEM, why="test"):
                    found.append(question())
            except BaseException as problem:  # noqa: BLE001  (raised again in the test's own thread)
                trouble.append(problem)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        if trouble:
            raise trouble[0]
        return found[0]

    def set_clock(self, moment: datetime) -> None:
        """Let the installation's clock show `moment` now, and run on from there."""
        self.ask(lambda: _shift_to(moment))


def _shift_to(moment: datetime) -> None:
    from phaodai.foundation.models import ClockShift

    shift: timedelta = moment - timezone.now()
    ClockShift.objects.update_or_create(only=True, defaults={"shift": shift, "reason": "tests"})
    clock.forget_shift()


def appoint_second_clerk() -> None:
    """Minh sits beside Linh in the provincial office, so that two people can hold one paper."""
    from django.contrib.auth.models import User

    from phaodai.people.models import Officer, Organisation, Post
    from tests.world import PASSWORD, SINCE, _tell_everything

    with transaction.atomic(using="owner"):
        _tell_everything()
        user = User.objects.db_manager("owner").create_user("minh", password=PASSWORD)
        officer = Officer(user=user, full_name="Lê Quang Minh", sort_key="minh", search_key="le quang minh")
        officer.save(using="owner")
        office = Organisation.objects.using("owner").get(code="VPTU")
        post = Post(officer=officer, organisation=office, title="Chuyên viên", role="office", held=(SINCE, None))
        post.save(using="owner")


@contextmanager
def serving(database: str) -> Iterator[Site]:
    """Serve the program on a database of the test's server."""
    from phaodai.site.installation import pointing_at

    with pointing_at(database):
        server = Server(("127.0.0.1", 0), QuietHandler)
        # Made here: an application lists the static files when it is made, and on a fresh machine a module that was
        # imported to collect its tests came before they were there.
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def speak_vietnamese() -> None:
    """Compile the catalogues and let Django read them again, whatever it had read before."""
    from django.utils.translation.reloader import translation_file_changed

    import phaodai
    from phaodai.foundation.assets import compile_messages

    compile_messages([Path(phaodai.__file__).parent])
    translation_file_changed(None, Path("django.mo"))
