"""An incoming document whose readings wait for an officer."""

from django.utils.safestring import mark_safe

from phaodai.foundation.components import Fact, Facts, Note


def document_facts() -> Facts:
    pairs = (
        ("Cơ quan", "Ban Thường vụ Tỉnh ủy"),
        ("Loại", "Công văn (Đảng)"),
        ("Số, ký hiệu", mark_safe("<b>142-CV/TU</b>")),
        ("Ban hành", "23/11/2021"),
        ("Độ khẩn", "Hỏa tốc"),
        ("Đến", "số 318, 23/11 19:12"),
        ("Người ký", "Phan Đức Chính, T/M BTV"),
        ("Phổ biến", "đến chi bộ"),
    )
    citations = mark_safe(
        '128/NQ-CP, 11/10/2021 (có trong kho) · 31-CT/TU <span class="late">thiếu ngày: 15/11/2021?</span>'
    )
    return Facts(
        [*(Fact(label, value, confirmed=True) for label, value in pairs), Fact("Viện dẫn", citations, wide=True)],
        ruled=True,
    )


def repairs() -> Note:
    return Note(
        mark_safe(
            "1. “Kinh gùi” thành “Kính gửi” · 2. “giáp danh” thành “giáp ranh” · "
            "3. “mua săm bồ sung” thành “mua sắm bổ sung” · 4. “Noi nhận” thành “Nơi nhận”. "
            '<a href="#">Đúng cả 4</a> &nbsp;<a href="#">Xem bản quét</a>'
        ),
        title="Máy đã sửa 4 chỗ quét sai, cần người xem:",
    )
