from __future__ import annotations
from pathlib import Path
from congvan.formats.plain import decode
def text_of(source, filename=None):
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return decode(data)
