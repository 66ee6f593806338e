"""Text files that the subcommands are given."""

from pathlib import Path

from phaodai.__main__ import Refused


def read_text(path: Path) -> str:
    """The file's text, UTF-8 with or without a mark; refuses what is not there or not text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}): check the path") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 text: save it as CSV UTF-8") from error
