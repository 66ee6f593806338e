"""The kinds that `samples` leaves out: plan and notice of the State, and what the Party writes besides letters."""

from datetime import date

from congvan.writing import (
    Annex,
    Authority,
    Bullet,
    Capacity,
    Distribution,
    Item,
    Kind,
    Paper,
    Paragraph,
    Signature,
    System,
    Table,
    Urgency,
    format_symbol,
)

STANDING_BOARD = Authority(Capacity.ON_BEHALF, "Ban Thường vụ")
COPIES = (Distribution("Như trên"), Distribution("Các đồng chí Tỉnh ủy viên"))
TASKS = Table(
    header=("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"),
    rows=(
        (1, "Ban hành hướng dẫn điều trị tại nhà", "Sở Y tế", date(2021, 10, 20)),
        (2, "Thẩm định phương án của doanh nghiệp", "Ban Quản lý các khu công nghiệp", date(2021, 10, 30)),
    ),
    widths=(0.08, 0.44, 0.28, 0.2),
)


def plan() -> Paper:
    """A State plan with parts, points and a table of tasks behind it."""
    return Paper(
        kind=Kind.PLAN,
        issuer="Ủy ban nhân dân tỉnh Bến Mai",
        number=188,
        symbol=format_symbol(Kind.PLAN, "UBND"),
        place="Bến Mai",
        date=date(2021, 10, 12),
        subject="Thích ứng an toàn, linh hoạt, kiểm soát hiệu quả dịch COVID-19",
        body=(
            Paragraph("Thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021, Ủy ban nhân dân tỉnh ban hành Kế hoạch:"),
            Item(title="Mục tiêu", blocks=(Bullet("Trên 80% người từ 50 tuổi trở lên được tiêm đủ 02 mũi."),)),
            Item(
                title="Tổ chức thực hiện",
                blocks=(
                    Item(title="Sở Y tế", blocks=(Item(text="Đánh giá cấp độ dịch hằng tuần."),)),
                    Item(title="Sở Tài chính", text="Bố trí kinh phí theo quy định."),
                ),
            ),
        ),
        signer=Signature("Trần Văn Hậu", "Phó Chủ tịch", (
            Authority(Capacity.ON_BEHALF, "Ủy ban nhân dân"), Authority(Capacity.FOR_HEAD, "Chủ tịch"),
        )),
        distribution=(Distribution("Bộ Y tế", note="b/c"), Distribution("Các sở, ban, ngành tỉnh")),
        archive="VT, VX",
        annexes=(Annex("Phân công nhiệm vụ", (TASKS,)),),
    )  # fmt: skip


def notice() -> Paper:
    """What an office tells of a meeting, by order of the chairman."""
    return Paper(
        kind=Kind.NOTICE,
        issuer_parent="Ủy ban nhân dân tỉnh Bến Mai",
        issuer="Văn phòng",
        number=64,
        symbol=format_symbol(Kind.NOTICE, "VP"),
        place="Bến Mai",
        date=date(2021, 5, 14),
        subject="Kết luận của Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp Ban Chỉ đạo ngày 13/5/2021",
        body=(
            Paragraph("Ngày 13/5/2021, Chủ tịch Ủy ban nhân dân tỉnh chủ trì họp Ban Chỉ đạo và kết luận như sau:"),
            Item(text="Sở Y tế hoàn thành xét nghiệm 4.200 công nhân trong ngày 16/5/2021."),
            Item(text="Công an tỉnh quản lý chặt chẽ người nước ngoài trên địa bàn."),
        ),
        signer=Signature("Dương Quang Hải", "Chánh Văn phòng", (Authority(Capacity.BY_ORDER, "Chủ tịch"),)),
        distribution=(Distribution("Thành viên Ban Chỉ đạo"), Distribution("UBND các huyện, thành phố")),
        archive="VT, VX1",
    )


def party(kind: Kind, number: int, subject: str, **more: object) -> Paper:
    """A paper of a provincial Party committee; `more` is what this kind has besides."""
    common = {
        "kind": kind, "system": System.PARTY, "issuer": "Tỉnh ủy Bến Mai", "number": number,
        "symbol": format_symbol(kind, "TU", system=System.PARTY), "place": "Bến Mai", "date": date(2021, 8, 9),
        "subject": subject, "signer": Signature("Lê Minh Châu", "Phó Bí thư", (STANDING_BOARD,)),
        "distribution": COPIES, "archive": "Văn phòng Tỉnh ủy",
        "body": (
            Paragraph("Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt các nhiệm vụ sau:"),
            Item(text="Các huyện ủy, thành ủy lãnh đạo thực hiện nghiêm các biện pháp phòng, chống dịch."),
            Item(text="Ban cán sự đảng Ủy ban nhân dân tỉnh chuẩn bị 500 giường trước ngày 31/8/2021."),
        ),
    }  # fmt: skip
    return Paper(**{**common, **more})  # type: ignore[arg-type]  # the fields of Paper by name


def party_office_notice() -> Paper:
    """A notice of the Party committee's office: its own symbol, and the office below the committee."""
    return party(
        Kind.NOTICE, 42, "Kết luận của Thường trực Tỉnh ủy về công tác phòng, chống dịch Covid-19",
        issuer_parent="Tỉnh ủy Bến Mai", issuer="Văn phòng", symbol="TB/VPTU",
        signer=Signature("Lò Thị Minh Phượng", "Chánh Văn phòng"),
    )  # fmt: skip


FURTHER = {
    "plan": plan,
    "notice": notice,
    "party-directive": lambda: party(Kind.DIRECTIVE, 9, "Về thực hiện các biện pháp cấp bách phòng, chống dịch"),
    "party-office-notice": party_office_notice,
    "party-plan": lambda: party(Kind.PLAN, 31, "Kiểm tra, giám sát công tác phòng, chống dịch Covid-19"),
    "party-report": lambda: party(Kind.REPORT, 215, "Kết quả lãnh đạo công tác phòng, chống dịch Covid-19"),
    "party-decision": lambda: party(
        Kind.DECISION, 77, "Về việc thành lập Sở Chỉ huy phòng, chống dịch Covid-19",
        bases=("Căn cứ Điều lệ Đảng Cộng sản Việt Nam", "Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh"),
        ordering_body="Ban Thường vụ Tỉnh ủy",
        body=(Item(text="Thành lập Sở Chỉ huy."), Item(text="Quyết định có hiệu lực từ ngày ký.")),
    ),
    "party-dispatch": lambda: party(
        Kind.URGENT_DISPATCH, 7, "Tăng cường truy vết, khoanh vùng dập dịch", urgency=Urgency.FLASH,
        recipients=("Các huyện ủy, thành ủy", "Đảng ủy Công an tỉnh"),
    ),
}  # fmt: skip
