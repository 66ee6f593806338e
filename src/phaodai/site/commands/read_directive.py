"""Read an official document into data: metadata, citations, tasks, agencies, deadlines. Touches no database."""

import argparse
import json
import sys

import congvan
from phaodai.__main__ import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and --json."""
    parser.add_argument("file", help="a .txt, .md, .docx, .doc, .odt, .pdf or a picture of a page")
    parser.add_argument("--json", action="store_true", help="the whole reading as JSON; without it, an outline")


def run(arguments: argparse.Namespace) -> int:
    """Print the reading; Refused when the file cannot be read."""
    try:
        reading = congvan.read(arguments.file)
    except congvan.Unreadable as refusal:
        raise Refused(f"{refusal.en} · {refusal.vi}") from refusal
    if arguments.json:
        json.dump(reading.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(outline(reading)))
    return 0


def outline(reading: congvan.Reading) -> list[str]:
    """The reading in a few lines that a person can check at a glance."""
    meta = reading.meta
    lines = [
        f"{meta.doc_type or '?'} {meta.number or '?'}/{meta.symbol or '?'} · {meta.issuer or '?'} · {meta.date or '?'}",
        meta.subject or "",
    ]
    pending = [(section, 0) for section in reversed(reading.sections)]
    while pending:
        section, depth = pending.pop()
        agencies = ", ".join(f"{agency.name} ({agency.role})" for agency in section.agencies if not agency.inherited)
        dated = ", ".join(deadline.raw for deadline in section.deadlines)
        lines.append(
            "  " * depth
            + " · ".join(
                part for part in (f"{section.id} [{section.kind}] {section.first_words}", agencies, dated) if part
            )
        )
        pending.extend((child, depth + 1) for child in reversed(section.children))
    return lines + [f"! {doubt.where}: {doubt.what}" for doubt in reading.warnings]
