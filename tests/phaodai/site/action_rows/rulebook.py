"""The actions by which officers vouch for what documents say."""

from datetime import date

from phaodai.foundation.permissions import Permission
from phaodai.rulebook import actions as law
from tests.phaodai.site.action_rows.case import Case

ENTRY = law.Entry(
    "risk-level.matrix/2-covered@2021-10-12", 2, date(2021, 10, 12), date(2022, 1, 26), "Phụ lục, bảng 3", "Cấp 2"
)


CASES = (
    Case(law.verify_value, Permission.RULEBOOK_VALUE_VERIFY, "linh", lambda _w, _s: {"entry": ENTRY}, "thuy"),
    Case(
        law.withdraw_verification,
        Permission.RULEBOOK_VALUE_VERIFY,
        "viet",
        lambda _w, s: {"verification_id": s.signatures["Đỗ Thùy Linh"].pk, "reason": "Nhầm bảng"},
        "sang",
    ),
)
