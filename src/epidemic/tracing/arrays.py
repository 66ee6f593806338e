"""Named arrays in one file that is either whole or not there, read by any number of processes through memory maps."""

import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC, VERSION = b"PDARRAYS", 1
PART = ".part"
_ALIGNMENT = 64
_PREFIX = len(MAGIC) + 8
_TYPES = frozenset({"<i4", "<u2", "<i8", "|u1"})

Facts = Mapping[str, Any]
Named = Mapping[str, NDArray[Any]]


class ArraysError(ValueError):
    """A file that holds no arrays of this version, or not whole ones: delete it, it can be made again."""


def write_arrays(path: Path, facts: Facts, arrays: Named) -> None:
    """Write under another name, bring it to the disk, then put it in place at once: readers see the old file or the new one."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=PART, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_head(facts, arrays))
            for array in arrays.values():
                file.seek(-file.tell() % _ALIGNMENT, os.SEEK_CUR)
                file.write(_bytes(array))
            file.truncate(_aligned(file.tell()))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def map_arrays(path: Path, *, verify: bool = False) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Facts and read-only arrays of a file; `verify` also compares each array's checksum, which reads all of it.

    Raises
    ------
    ArraysError
        Where the file is cut short, changed, or of another version.
    FileNotFoundError
        Where there is none.
    """
    whole = np.memmap(path, np.uint8, "r") if path.stat().st_size else np.empty(0, np.uint8)
    head, start = _read_head(path, whole)
    arrays = {}
    for name, (kind, length, checksum) in head["arrays"].items():
        start = _aligned(start)
        size = np.dtype(kind).itemsize * length if kind in _TYPES else -1
        if size < 0 or start + size > len(whole):
            raise ArraysError(f"{path.name}: array '{name}' is not whole")
        # A plain view: kernels take it as any other array.
        array = np.frombuffer(whole, np.dtype(kind), length, start) if length else np.empty(0, np.dtype(kind))
        if verify and zlib.crc32(_bytes(array)) != checksum:
            raise ArraysError(f"{path.name}: array '{name}' is damaged, its checksum differs")
        arrays[name], start = array, start + size
    return head["facts"], arrays


def _head(facts: Facts, arrays: Named) -> bytes:
    table = {name: (array.dtype.str, len(array), zlib.crc32(_bytes(array))) for name, array in arrays.items()}
    text = json.dumps({"version": VERSION, "facts": dict(facts), "arrays": table}).encode()
    return MAGIC + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text


def _bytes(array: NDArray[Any]) -> memoryview:
    return np.ascontiguousarray(array).view(np.uint8).data


def _read_head(path: Path, whole: NDArray[np.uint8]) -> tuple[dict[str, Any], int]:
    prefix = whole[:_PREFIX].tobytes()
    if len(prefix) < _PREFIX or not prefix.startswith(MAGIC):
        raise ArraysError(f"{path.name} is no file of arrays")
    length, checksum = (int.from_bytes(prefix[at : at + 4], "little") for at in (len(MAGIC), len(MAGIC) + 4))
    text = whole[_PREFIX : _PREFIX + length].tobytes()
    if len(text) < length or zlib.crc32(text) != checksum:
        raise ArraysError(f"{path.name}: its head is damaged")
    head: dict[str, Any] = json.loads(text)
    if head["version"] != VERSION:
        raise ArraysError(f"{path.name} is of version {head['version']}, this program reads version {VERSION}")
    return head, _PREFIX + length


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no way to bring a folder to the disk
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
