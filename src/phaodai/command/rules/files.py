"""Which files are taken, and what the others are told."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST_DOCUMENT = 40 * MEGABYTE
LARGEST_EVIDENCE = 20 * MEGABYTE

# By their first bytes, not by their names: a renamed program is not evidence.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"RIFF", "image/webp"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class FileVerdict:
    """As what a file of evidence is taken; without a content type it is not, for the reason given."""

    content_type: str = ""
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Whether it may be kept."""
        return bool(self.content_type)


def judge_evidence(name: str, content: bytes) -> FileVerdict:
    """Photos, PDF, office files and plain text are evidence; everything else is refused with the reason."""
    if not content:
        return FileVerdict(reason="empty")
    if len(content) > LARGEST_EVIDENCE:
        return FileVerdict(reason="large")
    kind = next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)
    if kind == "application/zip":
        kind = next((office for ending, office in _OFFICE.items() if name.lower().endswith(ending)), None)
    if kind is None and _is_text(content):
        kind = "text/plain"
    return FileVerdict(kind) if kind else FileVerdict(reason="kind")


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
