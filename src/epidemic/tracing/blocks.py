"""Immutable blocks of one day's visits as bytes, for a database to hold: some places, or some persons, in each.

A block, in little-endian order: a header (magic `VB`, version, side, day, rows, keys, checksum), a base and a width for each of
five columns (keys, counts, gaps between starts, durations, the other identifiers), then the columns, each value less its base
in as many bytes as the widest needs: 0, 1, 2 or 4. The CRC-32 covers everything but itself. There is no pickle in it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.sorting import order_of
from epidemic.tracing.visits import VisitError, Visits

MAGIC, VERSION = b"VB", 1
_HEADER = struct.Struct("<2sBBiIII")
_COLUMN = struct.Struct("<IB")
_WIDTHS: dict[int, str] = {1: "<u1", 2: "<u2", 4: "<u4"}


class BlockError(ValueError):
    """Bytes that are no whole block of this version; fetch the block again or write it anew from the visits."""


class BlockSide(IntEnum):
    """What a block is grouped by."""

    PLACE = 0
    PERSON = 1


@dataclass(frozen=True)
class Block:
    """Bytes with what a table needs beside them.

    Attributes
    ----------
    day
        Days since 1970-01-01.
    first_key
        The block holds places, or persons, from this one up to before `first_key + span`.
    visits
        How many rows it holds.
    latest
        Minutes after the day's midnight by which all of them have ended: above 1440, the block matters on the next day too.
    data
        What `decode_block` reads.
    """

    day: int
    first_key: int
    visits: int
    latest: int
    data: bytes


def place_blocks(visits: Visits, *, span: int = 1) -> Iterator[Block]:
    """Blocks of `span` places of each day, ascending; places without a visit have none."""
    return _blocks(visits, BlockSide.PLACE, span)


def person_blocks(visits: Visits, *, span: int = 256) -> Iterator[Block]:
    """Blocks of `span` persons of each day, ascending: a person has few visits a day, so that a block holds many persons."""
    return _blocks(visits, BlockSide.PERSON, span)


def encode_block(visits: Visits, side: BlockSide) -> bytes:
    """Bytes of visits of one day, sorted by the side's identifier and start already.

    Raises
    ------
    VisitError
        Where there is no visit or they are of several days.
    """
    if not len(visits) or visits.day.min() != visits.day.max():
        raise VisitError("a block holds visits of one day: encode each day by itself")
    key, other = (visits.place, visits.person) if side is BlockSide.PLACE else (visits.person, visits.place)
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    counts = np.diff(first, append=len(key))
    gaps = np.diff(visits.start, prepend=np.uint16(0))
    narrowed = [_narrow(column) for column in (key[first], counts, gaps, visits.duration, other)]
    body = b"".join(head for head, _ in narrowed) + b"".join(column for _, column in narrowed)
    facts = (MAGIC, VERSION, side, int(visits.day[0]), len(visits), len(first))
    return _HEADER.pack(*facts, _checksum(facts, body)) + body


def decode_block(data: bytes) -> tuple[BlockSide, Visits]:
    """The side by which a block is sorted, and its visits.

    Raises
    ------
    BlockError
        Where the bytes are cut short, changed, or of another version.
    """
    if len(data) < _HEADER.size or data[:2] != MAGIC:
        raise BlockError("these bytes are no block of visits")
    magic, version, side, day, rows, keys, checksum = _HEADER.unpack_from(data)
    if version != VERSION:
        raise BlockError(f"this block is of version {version}, this program reads version {VERSION}")
    body = memoryview(data)[_HEADER.size :]
    if _checksum((magic, version, side, day, rows, keys), body) != checksum:
        raise BlockError("a block of visits is damaged: its checksum differs")
    return BlockSide(side), _visits_of(body, BlockSide(side), day, (keys, keys, rows, rows, rows))


def _blocks(visits: Visits, side: BlockSide, span: int) -> Iterator[Block]:
    for day, daily in visits.by_day():
        ordered = _sorted(daily, side)
        key = ordered.place if side is BlockSide.PLACE else ordered.person
        first = np.flatnonzero(np.concatenate(([True], np.diff(key // span) != 0)))
        for start, end in zip(first.tolist(), [*first[1:].tolist(), len(key)], strict=True):
            part = Visits(*(column[start:end] for column in ordered.columns()))
            latest = int((part.start.astype(np.int64) + part.duration).max())
            yield Block(day, int(key[start]) // span * span, end - start, latest, encode_block(part, side))


def _sorted(visits: Visits, side: BlockSide) -> Visits:
    by_start = visits.take(order_of(visits.start))
    return by_start.take(order_of(by_start.place if side is BlockSide.PLACE else by_start.person))


def _narrow(column: NDArray[np.integer]) -> tuple[bytes, bytes]:
    base = int(column.min())
    range_ = int(column.max()) - base
    width = 0 if range_ == 0 else 1 if range_ < 2**8 else 2 if range_ < 2**16 else 4
    values = (column - base).astype(_WIDTHS[width]).tobytes() if width else b""
    return _COLUMN.pack(base, width), values


def _checksum(facts: tuple[object, ...], body: bytes | memoryview) -> int:
    return zlib.crc32(body, zlib.crc32(_HEADER.pack(*facts, 0)))


def _visits_of(body: memoryview, side: BlockSide, day: int, lengths: tuple[int, ...]) -> Visits:
    keys, counts, gaps, durations, others = _widened(body, lengths)
    key = np.repeat(keys, counts).astype(np.int32)
    start = np.cumsum(gaps.astype(np.uint16), dtype=np.uint16)
    person, place = (others.astype(np.int32), key) if side is BlockSide.PLACE else (key, others.astype(np.int32))
    return Visits(person, place, np.full(len(key), day, np.int32), start, durations.astype(np.uint16))


def _widened(body: memoryview, lengths: tuple[int, ...]) -> Iterator[NDArray[np.int64]]:
    offset = len(lengths) * _COLUMN.size
    for number, length in enumerate(lengths):
        base, width = _COLUMN.unpack_from(body, number * _COLUMN.size)
        values = np.frombuffer(body, _WIDTHS[width], length, offset) if width else np.zeros(length, np.uint8)
        yield values.astype(np.int64) + base
        offset += length * width
