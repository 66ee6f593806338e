"""From a report to an official paper, in Vietnamese whoever asks: with `outgoing`, the only door to `congvan.writing`."""

from datetime import date
from typing import Any

from django.utils import translation

from congvan.writing import (
    Authority,
    Bullet,
    Capacity,
    Distribution,
    Figure,
    Item,
    Kind,
    Paper,
    Paragraph,
    Signature,
    System,
    Table,
    format_number_and_symbol,
    format_symbol,
    write_docx,
    write_pdf,
)
from phaodai.command.models import Report
from phaodai.command.pictures import bars_of, finding
from phaodai.command.report_parts import parts_told
from phaodai.foundation.charts import render_png
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.sheets import DOCX, PDF
from phaodai.people.models import Officer, Organisation, Post
from phaodai.territory.models import Tier, Unit

TYPES = {"docx": DOCX, "pdf": PDF}


def symbol_of(organisation: Organisation, kind: Kind = Kind.REPORT, system: System = System.STATE) -> str:
    """What follows the number: BC-UBND, of a Party letter CV/TU."""
    return format_symbol(kind, _initials_of(organisation, system), system=system)


# What stands for a Party committee in a symbol (Guide 36-HD/VPTW); its offices and boards put their own initials before it.
_COMMITTEES = {"Tỉnh ủy": "TU", "Huyện ủy": "HU", "Thị ủy": "ThU", "Quận ủy": "QU", "Đảng ủy": "ĐU"}


def _initials_of(organisation: Organisation, system: System) -> str:
    own = "".join(part for part in organisation.short_name.replace(".", " ").split() if part.isupper())
    if system is System.STATE:
        return own or organisation.code.rpartition("-")[2]
    if organisation.kind == Organisation.Kind.PARTY_COMMITTEE:
        return _committee_code(organisation) or own
    above = organisation.parent
    committee = _committee_code(above) if above and above.kind == Organisation.Kind.PARTY_COMMITTEE else ""
    return own.removesuffix(committee) + committee or organisation.code.rpartition("-")[2]


def _committee_code(committee: Organisation) -> str:
    if "Thành ủy" in committee.name:
        return "TU" if committee.tier == Tier.PROVINCE else "ThU"
    return next((code for name, code in _COMMITTEES.items() if name in committee.name), "")


def reference_of(report: Report) -> str:
    """Number and symbol of a signed report; empty while it is a draft."""
    if report.number is None:
        return ""
    return format_number_and_symbol(report.number, symbol_of(report.organisation))


def write_paper(paper: Paper, suffix: str) -> bytes:
    """The file of a paper: `docx` or `pdf`."""
    return write_docx(paper) if suffix == "docx" else write_pdf(paper)


def paper_of(report: Report, system: System = System.STATE) -> Paper:
    """The report in the layout of Decree 30/2020/NĐ-CP, which Party bodies may apply as well (Article 1)."""
    with translation.override("vi"):
        return _paper(report, system)


def _paper(report: Report, system: System) -> Paper:
    organisation = report.organisation
    above = organisation.parent
    return Paper(
        kind=Kind.REPORT,
        system=system,
        issuer=organisation.name,
        issuer_parent=superior_of(organisation, system),
        number=report.number,
        symbol=symbol_of(organisation),
        place=place_of(organisation),
        date=_day(report),
        subject=f"Kết quả thực hiện nhiệm vụ phòng, chống dịch {_period_words(report)}",
        recipients=(above.name,) if above else (),
        body=(Paragraph(_opening(report)), *_body(report)),
        signer=signature_of(organisation, _day(report), report.signer, report.signer_title),
        distribution=_distribution(organisation),
        archive="VT",
    )


def _day(report: Report) -> date:
    return report.as_of.astimezone(VIETNAM).date()


def _period_words(report: Report) -> str:
    first, last = f"{report.period.first:%d/%m/%Y}", f"{report.period.last:%d/%m/%Y}"
    return f"ngày {first}" if first == last else f"tuần từ ngày {first} đến ngày {last}"


def superior_of(organisation: Organisation, system: System) -> str | None:
    """The body printed above the issuer: none above a People's Committee (Decree 30/2020, Appendix I, II.2)."""
    alone = organisation.kind in (Organisation.Kind.PEOPLES_COMMITTEE, Organisation.Kind.PARTY_COMMITTEE)
    if organisation.parent is None or (alone and system == System.STATE):
        return None
    return organisation.parent.name


def place_of(organisation: Organisation) -> str:
    """The place printed before the day: the province without its type."""
    return Unit.objects.get(pk=organisation.province_id).bare_name


def _opening(report: Report) -> str:
    when = f"{report.as_of.astimezone(VIETNAM):%H giờ %M ngày %d/%m/%Y}"
    return f"{report.organisation.name} báo cáo kết quả thực hiện nhiệm vụ phòng, chống dịch đến {when} như sau:"


def _body(report: Report) -> tuple[Item, ...]:
    figures = report.figures
    with translation.override("vi"):
        told = parts_told(figures.get("parts", {}))
    parts = [
        *(Item(title=part.title, blocks=tuple(Bullet(line) for line in part.lines)) for part in told),
        Item(
            title="Kết quả thực hiện nhiệm vụ",
            blocks=(Paragraph(_totals(figures["totals"])), _table(figures["rows"]), *_picture(figures["rows"])),
        ),
        Item(
            title="Thay đổi trong tuần" if "before" in figures else "Thay đổi trong 24 giờ qua",
            blocks=tuple(Bullet(line) for line in _changes(figures)),
        ),
    ]
    words = (
        ("Đánh giá", report.assessment),
        ("Khó khăn, đề xuất", report.difficulties),
        ("Nhiệm vụ thời gian tới", report.next_steps),
    )
    parts += [
        Item(title=title, blocks=tuple(Paragraph(line) for line in text.splitlines() if line.strip()))
        for title, text in words
        if text.strip()
    ]
    return tuple(parts)


def _totals(totals: dict[str, int]) -> str:
    done = totals["done_in_time"] + totals["done_late"]
    parts = (
        f"Tổng số nhiệm vụ được giao: {totals['total']}",
        f"đã hoàn thành {done} (đúng hạn {totals['done_in_time']}, quá hạn {totals['done_late']})",
        f"đang thực hiện trong hạn {totals['in_time']}",
        f"không có thời hạn {totals['open_ended']}",
        f"quá hạn chưa hoàn thành {totals['late']}",
        f"chưa có thông tin quá 48 giờ {totals['silent']}",
    )
    return "; ".join(parts) + "."


_COLUMNS = ("done_in_time", "done_late", "in_time", "late", "silent")


def _table(rows: list[dict[str, Any]]) -> Table:
    lines = tuple(
        (place, row["name"], row["counts"]["total"], *(row["counts"][name] for name in _COLUMNS))
        for place, row in enumerate(rows, 1)
    )
    sums = [sum(row["counts"][name] for row in rows) for name in ("total", *_COLUMNS)]
    return Table(
        header=("TT", "Đơn vị", "Tổng số", "Xong đúng hạn", "Xong quá hạn", "Trong hạn", "Quá hạn", "Im lặng 48 giờ"),
        rows=lines,
        caption="Nhiệm vụ theo đơn vị",
        total=("", "Cộng", *sums),
        widths=(0.06, 0.34, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
    )


def _picture(rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    if not rows:
        return ()
    return (
        Figure(
            render_png(bars_of(rows)),
            "Biểu đồ: số nhiệm vụ đã xong, trong hạn và quá hạn của từng đơn vị.",
            finding(rows),
        ),
    )


def _changes(figures: dict[str, Any]) -> list[str]:
    words = (
        ("sent", "Nhiệm vụ mới giao"),
        ("done", "Nhiệm vụ được nghiệm thu"),
        ("became_late", "Nhiệm vụ mới quá hạn"),
        ("returned", "Kết quả bị trả lại"),
        ("escalated", "Nhiệm vụ chuyển lên cấp trên xử lý"),
        ("difficulties", "Khó khăn được báo lên"),
    )
    now, before = figures["changes"], figures.get("before")
    if before is None:
        return [f"{label}: {now[name]}" for name, label in words]
    lines = [f"{label}: {_against(now[name], before['changes'][name])}" for name, label in words]
    late = _against(figures["totals"]["late"], before["totals"]["late"])
    return [*lines, f"Quá hạn chưa hoàn thành vào cuối kỳ: {late}"]


def _against(now: int, before: int) -> str:
    """A figure beside that of the week before, at the same day and hour."""
    turn = "không đổi" if now == before else f"{'tăng' if now > before else 'giảm'} {abs(now - before)}"
    return f"{now} (cùng kỳ tuần trước {before}, {turn})"


def signature_of(
    organisation: Organisation, on: date, officer: Officer | None, title: str, *, authority: str = ""
) -> Signature:
    """The signer by name and in what place they sign.

    `authority` (TM, KT, TL) says it; left empty, on behalf of a committee where the body is one, and for the head where
    somebody else signs. Without an officer, whoever would sign: the head of that day.
    """
    posts = Post.objects.filter(organisation=organisation).select_related("officer")
    head = posts.heads().as_of(on).first()
    if officer is None:
        if head is None:
            return Signature("")
        officer, title = head.officer, head.title
    own_right = head is not None and head.officer_id == officer.pk
    capacity = authority or ("" if own_right else Capacity.FOR_HEAD)
    return Signature(officer.full_name, title, _authority(organisation, head, capacity))


def _authority(organisation: Organisation, head: Post | None, capacity: str) -> tuple[Authority, ...]:
    collective = organisation.kind in (Organisation.Kind.PEOPLES_COMMITTEE, Organisation.Kind.PARTY_COMMITTEE)
    lines = []
    if capacity == Capacity.ON_BEHALF or (collective and capacity != Capacity.BY_ORDER):
        lines.append(Authority(Capacity.ON_BEHALF, organisation.name))
    if capacity in (Capacity.FOR_HEAD, Capacity.BY_ORDER):
        lines.append(Authority(Capacity(capacity), _title_of(head)))
    return tuple(lines)


def _title_of(head: Post | None) -> str:
    return head.title if head else "Thủ trưởng"


def _distribution(organisation: Organisation) -> tuple[Distribution, ...]:
    above = (Distribution(organisation.parent.name, note="để báo cáo"),) if organisation.parent else ()
    return (Distribution("Như trên"), *above)
