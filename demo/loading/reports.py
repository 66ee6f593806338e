"""The office's daily reports: drafted from the data each afternoon, given a few words, signed by name."""

from datetime import datetime
from typing import Any

from demo.loading.bodies import Staff
from phaodai.command.actions.reports import amend_report, draft_report, sign_report
from phaodai.foundation.scope import entering

DRAFTER, SIGNER = "98-VPTU.4", "98-VPTU.1"
"""Posts: the specialist of the party committee's office writes, its chief signs."""

NEXT_STEPS = (
    "Đôn đốc các đơn vị có nhiệm vụ quá hạn báo cáo nguyên nhân trước 10 giờ ngày mai. "
    "Làm việc trực tiếp với các đơn vị 48 giờ không có báo cáo."
)


def write_report(staff: Staff, moment: datetime, *, sign: bool) -> None:
    """The report of the day of `moment`; unsigned it stays a draft."""
    drafter, signer = staff.actors[DRAFTER], staff.actors[SIGNER]
    with entering(drafter):
        report = draft_report(actor=drafter, moment=moment, on=moment.date())
        if not sign:
            return
        words = {"assessment": _assessment(report.figures["totals"]), "next_steps": NEXT_STEPS}
        amend_report(actor=drafter, moment=moment, report_id=report.pk, version=report.version, **words)
    with entering(signer):
        sign_report(actor=signer, moment=moment, report_id=report.pk)


def _assessment(totals: dict[str, Any]) -> str:
    done = totals["done_in_time"] + totals["done_late"]
    return (
        f"Đến thời điểm báo cáo có {totals['total']} nhiệm vụ, đã xong {done}, "
        f"trong đó {totals['done_late']} xong trễ; {totals['late']} nhiệm vụ quá hạn, "
        f"{totals['silent']} nhiệm vụ 48 giờ không có báo cáo."
    )
