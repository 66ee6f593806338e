"""Make, list and retire the keys that seal certificates of vaccination; they are files, never rows of the database."""

import argparse
import sys
from datetime import datetime

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`certificate-key new NAME [--test]`, `certificate-key list`, `certificate-key retire ID [--compromised]`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="new|list|retire")
    new = deeds.add_parser("new", help="make a key; from now on it is the one that signs")
    new.add_argument("name", metavar="NAME", help="the authority it signs for, such as 'Sở Y tế tỉnh Bình Minh'")
    new.add_argument(
        "--test", action="store_true", help="mark it as a key for tests: nothing that it signs is ever valid"
    )
    deeds.add_parser("list", help="every key: ID, days, standing, authority")
    retire = deeds.add_parser("retire", help="let a key sign no more; its private half is deleted")
    retire.add_argument("key", metavar="ID", help="16 signs, as `list` prints them")
    retire.add_argument(
        "--compromised", action="store_true", help="somebody else may hold it: nothing that it signed is valid any more"
    )


def run(args: argparse.Namespace) -> int:
    """Do it at the installation's own clock."""
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        from phaodai.foundation import clock

        _DEEDS[args.deed](args, clock.now())
    finally:
        server.leave()
    return 0


def _new(args: argparse.Namespace, moment: datetime) -> None:
    from phaodai.vaccination.actions.keys import is_real, keyring

    if not args.name.strip():
        raise Refused("a key needs the name of its authority")
    if is_real() is args.test:
        print(_WRONG_HERE[args.test], file=sys.stderr)
    key = keyring().new(args.name.strip(), moment, test=args.test)
    print(f"{key.hexadecimal}\t{keyring().secret_path(key)}")


_WRONG_HERE = {
    True: "this installation runs on the world's clock: a key for tests will not sign here",
    False: "the clock of this installation is shifted (a drill or the demonstration): only a key for tests will sign here",
}


def _list(args: argparse.Namespace, moment: datetime) -> None:
    del args
    from phaodai.vaccination.actions.keys import is_real, keyring

    ring = keyring()
    current = ring.current(moment, real=is_real())
    for key in ring.keys().values():
        marks = " ".join(
            [key.standing.value, *(["test"] if key.is_test else []), *(["signs"] if key == current else [])]
        )
        print(f"{key.hexadecimal}\t{key.valid_from:%Y-%m-%d}\t{key.valid_to:%Y-%m-%d}\t{marks}\t{key.name}")


def _retire(args: argparse.Namespace, moment: datetime) -> None:
    from phaodai.vaccination.actions.keys import keyring

    try:
        key = keyring().retire(args.key.strip().lower(), moment, compromised=args.compromised)
    except KeyError:
        raise Refused(f"there is no key {args.key}; see `phaodai certificate-key list`") from None
    print(f"{key.hexadecimal}\t{key.standing.value}")


_DEEDS = {"new": _new, "list": _list, "retire": _retire}
