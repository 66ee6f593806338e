"""Make the invented province if it is not there, print who may sign in, and serve it."""

import argparse
import sys

from demo.loading.progress import Bar, Progress, Step
from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable, Server

FEWEST, DEFAULT, MOST = 2_000, 180_000, 2_000_000
INTERRUPTED = 130  # as shells say it: 128 and the number of SIGINT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its size and address."""
    parser.add_argument(
        "--people", type=int, metavar="N", help=f"residents, {FEWEST:,} to {MOST:,} (default {DEFAULT:,})"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--build-only", action="store_true", help="make the province and end")
    parser.add_argument(
        "--anew",
        action="store_true",
        help="make the province again, as on its first morning; what was done in it is lost",
    )


def run(args: argparse.Namespace) -> int:
    """Have the province, then serve it until interrupted."""
    from phaodai.site.commands.serve import require_free, serve

    if args.people is not None and not FEWEST <= args.people <= MOST:
        raise Refused(
            f"a province of {args.people:,} people cannot be made; choose --people between {FEWEST:,} and {MOST:,}"
        )
    if not args.build_only:
        require_free("127.0.0.1", args.port)
    try:
        server = have_province(args.people, anew=args.anew)
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    except KeyboardInterrupt:
        _say("\nphaodai demo: interrupted; the next run starts over")
        return INTERRUPTED
    try:
        _print_sign_ins()
        return 0 if args.build_only else serve("127.0.0.1", args.port, workers=2)
    finally:
        server.leave()


def have_province(people: int | None, *, anew: bool) -> Server:
    """Start or join the database and see that it holds the province; refuses to touch anything else that it holds."""
    from demo.loading.databases import Holding, holding
    from phaodai.foundation.database import ensure_running
    from phaodai.site.installation import open_installation

    ensure_running()
    held = holding()
    if held is Holding.OTHER:
        raise Refused(
            "the database holds an installation in use; choose another folder with PHAODAI_DATA, or run `phaodai serve`"
        )
    if held is Holding.NOTHING or anew:
        _make_with_bar(people or DEFAULT)
    elif people is not None:
        print("The province is there already; --anew makes it again with another number of people.", file=sys.stderr)
    return open_installation(_say)


def make_province(people: int, bar: Bar) -> None:
    """Make it in a database of its own, then put that in place."""
    from demo.loading.databases import UNFINISHED, begin, making_alone, put_in_place
    from phaodai.site.installation import build_static, migrate, pointing_at, start_django

    with making_alone():
        bar.step(Step.TABLES)
        start_django()
        from demo.loading.province import load_province

        begin()
        build_static()
        with pointing_at(UNFINISHED):
            migrate()
            load_province(people, bar)
        put_in_place()


def _make_with_bar(people: int) -> None:
    bar = Progress()
    make_province(people, bar)
    bar.finish(f"The province stands, with {people:,} people")


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _print_sign_ins() -> None:
    from demo.loading.signins import as_table, sign_ins

    print(as_table(sign_ins()), flush=True)
