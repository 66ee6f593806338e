"""The installation's secret key: made once, kept beside the data, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """`PHAODAI_SECRET_KEY` when given, else the key of this data folder, made at the first start."""
    given = os.environ.get("PHAODAI_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"secret.{os.getpid()}"
        temporary.touch(mode=0o600)
        temporary.write_text(secrets.token_urlsafe(64))
        try:
            os.link(temporary, path)
        except FileExistsError:
            # Another process of the same installation made it a moment earlier; its key is the key.
            temporary.unlink()
            return path.read_text()
        temporary.unlink()
    return path.read_text()
