"""Papers as a provincial office would issue them; every name, figure and place in them is invented."""

from datetime import date

import vl_convert

from congvan.writing import (
    Annex,
    Authority,
    Block,
    Bullet,
    Capacity,
    Distribution,
    Figure,
    Item,
    Kind,
    Numbering,
    Paper,
    Paragraph,
    Signature,
    System,
    Table,
    Urgency,
    format_symbol,
)
from tests.congvan.writing.further_samples import FURTHER

UNITS = (
    ("Thành phố Bến Mai", 42, 35, 31, 4, 3),
    ("Thị xã Sông Trà", 38, 30, 28, 2, 5),
    ("Huyện An Lạc", 40, 33, 30, 3, 2),
    ("Huyện Đồng Khê", 36, 21, 15, 6, 9),
    ("Huyện Hòa Thịnh", 35, 31, 31, 0, 0),
    ("Huyện Phú Nhuận", 37, 29, 24, 5, 4),
    ("Huyện Vĩnh Sơn", 33, 18, 12, 6, 11),
)
DAILY_CASES = (12, 18, 15, 27, 31, 24, 22, 35, 41, 38, 29, 26, 33, 21)
CHAIR = Signature(
    name="Nguyễn Thị Đào",
    title="Phó Chủ tịch",
    authority=(Authority(Capacity.ON_BEHALF, "Ủy ban nhân dân"), Authority(Capacity.FOR_HEAD, "Chủ tịch")),
)


def chart() -> Figure:
    """New cases of fourteen days as the platform draws its charts."""
    days = [{"ngày": f"2021-11-{10 + place:02}", "ca": count} for place, count in enumerate(DAILY_CASES)]
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": days},
        "width": 620,
        "height": 170,
        "mark": {"type": "bar", "color": "#3b5b8c"},
        "encoding": {
            "x": {
                "field": "ngày",
                "type": "ordinal",
                "title": None,
                "axis": {"labelExpr": "slice(datum.label,8)+'/11'", "labelAngle": 0},
            },
            "y": {"field": "ca", "type": "quantitative", "title": "Ca mắc mới"},
        },
        "config": {"font": "Liberation Serif"},
    }
    return Figure(
        png=vl_convert.vegalite_to_png(specification, scale=2),
        svg=vl_convert.vegalite_to_svg(specification).encode(),
        caption="Biểu đồ 1. Số ca mắc mới theo ngày, từ 10/11/2021 đến 23/11/2021",
        width=0.94,
        alternative_text="Biểu đồ cột số ca mắc mới mỗi ngày: thấp nhất 12 ca ngày 10/11, cao nhất 41 ca ngày 18/11.",
    )


def task_table() -> Table:
    """Tasks of the units: done, in time, late, silent."""
    rows = tuple((place, *unit) for place, unit in enumerate(UNITS, start=1))
    sums = tuple(sum(column) for column in list(zip(*UNITS, strict=True))[1:])
    return Table(
        header=("TT", "Đơn vị", "Được giao", "Hoàn thành", "Đúng hạn", "Quá hạn", "Chưa báo cáo"),
        rows=rows,
        total=(None, "Toàn tỉnh", *sums),
        alignments=("center", "left", "right", "right", "right", "right", "right"),
        caption="Bảng 1. Kết quả thực hiện nhiệm vụ được giao, tính đến 16 giờ ngày 23/11/2021",
    )


def report_body() -> tuple[Block, ...]:
    """What the daily report says."""
    return (
        Paragraph(
            "Thực hiện Công văn số 2973/UBND-VXNV ngày 21 tháng 5 năm 2021 của Ủy ban nhân dân tỉnh về chế độ báo "
            "cáo hằng ngày, Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh báo cáo kết quả đến 16 giờ ngày "
            "23/11/2021 như sau:"
        ),
        Item(
            title="Tình hình dịch bệnh",
            blocks=(
                Item(
                    title="Trong ngày",
                    blocks=(
                        Bullet("Ghi nhận 21 ca mắc mới, trong đó 17 ca trong khu cách ly, 04 ca trong cộng đồng;"),
                        Bullet("26 người khỏi bệnh, 118 người hoàn thành cách ly tập trung;"),
                        Bullet("Lấy 3.412 mẫu xét nghiệm, đã có kết quả 3.380 mẫu (99,1%)."),
                    ),
                ),
                Item(
                    title="Lũy kế",
                    text=(
                        "Từ ngày 27/4/2021 đến nay toàn tỉnh ghi nhận 1.539 ca mắc, 1.204 người đã khỏi bệnh "
                        "(78,2%); đang cách ly 412 người tại 09 cơ sở."
                    ),
                    blocks=(chart(),),
                ),
            ),
        ),
        Item(
            title="Kết quả thực hiện nhiệm vụ được giao",
            text="Tổng hợp nhiệm vụ theo đơn vị hành chính cấp huyện:",
            blocks=(task_table(),),
        ),
        Item(
            title="Kiến nghị, đề xuất",
            blocks=(
                Item(text="Đề nghị Ủy ban nhân dân huyện Vĩnh Sơn báo cáo ngay 11 nhiệm vụ chưa có kết quả."),
                Item(
                    text="Giao Sở Y tế chủ trì, phối hợp với Ủy ban nhân dân thị xã Sông Trà:",
                    blocks=(
                        Item(text="Hoàn thành truy vết 04 ca cộng đồng trước 10 giờ ngày 24/11/2021;"),
                        Item(text="Báo cáo kết quả về Ban Chỉ đạo trước 16 giờ cùng ngày."),
                    ),
                ),
            ),
        ),
    )


def daily_report() -> Paper:
    """A daily epidemic report of a provincial committee."""
    return Paper(
        kind=Kind.REPORT,
        issuer_parent="Ủy ban nhân dân tỉnh Bến Mai",
        issuer="Ban Chỉ đạo phòng, chống dịch COVID-19",
        number=215,
        symbol=format_symbol(Kind.REPORT, "BCĐ"),
        place="Bến Mai",
        date=date(2021, 11, 23),
        subject="Kết quả công tác phòng, chống dịch COVID-19 ngày 23/11/2021",
        urgency=Urgency.FLASH,
        recipients=("Ban Thường vụ Tỉnh ủy", "Thường trực Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        body=report_body(),
        signer=Signature(
            name="Trần Văn Hậu",
            title="Phó Trưởng ban",
            authority=(Authority(Capacity.FOR_HEAD, "Trưởng ban"),),
        ),
        distribution=(
            Distribution("Như trên"),
            Distribution("Bộ Y tế", note="để báo cáo"),
            Distribution("Các thành viên Ban Chỉ đạo"),
            Distribution("Ban Chỉ đạo các huyện, thị xã, thành phố"),
        ),
        archive="VT, NVY",
    )


def directive_body() -> tuple[Block, ...]:
    """What the directive orders."""
    return (
        Paragraph(
            "Sau Tết Nguyên đán, lượng người từ các địa phương trở lại làm việc tăng cao, nguy cơ dịch lây lan "
            "là rất lớn. Để chủ động phòng, chống dịch, bảo vệ sức khỏe nhân dân và duy trì sản xuất, Ủy ban nhân "
            "dân tỉnh yêu cầu:"
        ),
        Item(
            title="Sở Y tế",
            blocks=(
                Item(
                    text=(
                        "Chủ trì, phối hợp với Công an tỉnh rà soát người về từ vùng dịch, báo cáo trước 16 giờ "
                        "hằng ngày."
                    )
                ),
                Item(text="Bảo đảm đủ sinh phẩm xét nghiệm cho 20.000 mẫu, hoàn thành trước ngày 10/02/2022."),
            ),
        ),
        Item(
            title="Ban Quản lý các khu công nghiệp",
            text="Kiểm tra phương án phòng dịch của 100% doanh nghiệp, xử lý nghiêm doanh nghiệp vi phạm.",
        ),
        Item(
            title="Ủy ban nhân dân các huyện, thị xã, thành phố",
            blocks=(
                Item(text="Kích hoạt Tổ COVID cộng đồng tại 100% thôn, tổ dân phố;"),
                Item(
                    text="Tổ chức tiêm vắc xin lưu động:",
                    blocks=(
                        Item(text="Người từ 50 tuổi trở lên;"),
                        Item(text="Người có bệnh nền;"),
                        Item(text="Phụ nữ mang thai từ 13 tuần."),
                    ),
                ),
            ),
        ),
        Item(
            text=(
                "Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện Chỉ thị này, báo cáo Ủy ban "
                "nhân dân tỉnh trước ngày 25 hằng tháng."
            )
        ),
        Paragraph("Chỉ thị này có hiệu lực kể từ ngày ký."),
    )


def directive() -> Paper:
    """A State directive."""
    return Paper(
        kind=Kind.DIRECTIVE,
        issuer="Ủy ban nhân dân tỉnh Bến Mai",
        number=7,
        symbol=format_symbol(Kind.DIRECTIVE, "UBND"),
        place="Bến Mai",
        date=date(2022, 2, 3),
        subject="Về việc tăng cường các biện pháp phòng, chống dịch COVID-19 sau Tết Nguyên đán Nhâm Dần",
        body=directive_body(),
        signer=CHAIR,
        distribution=(
            Distribution("Thủ tướng Chính phủ", note="b/c"),
            Distribution("Thường trực Tỉnh ủy", note="b/c"),
            Distribution("Các sở, ban, ngành"),
            Distribution("UBND các huyện, thị xã, thành phố"),
        ),
        archive="VT, VX",
    )


def official_letter() -> Paper:
    """A State letter to several bodies, copies in two groups."""
    return Paper(
        kind=Kind.LETTER,
        issuer="Ủy ban nhân dân tỉnh Bến Mai",
        number=2981,
        symbol=format_symbol(Kind.LETTER, "UBND", "VXNV"),
        place="Bến Mai",
        date=date(2021, 11, 24),
        subject="đôn đốc báo cáo kết quả thực hiện nhiệm vụ phòng, chống dịch COVID-19",
        recipients=("Sở Y tế", "Công an tỉnh", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        body=(
            Paragraph(
                "Ngày 23/11/2021, Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh có Báo cáo số 215/BC-BCĐ về kết quả công "
                "tác phòng, chống dịch. Theo đó, 34 nhiệm vụ chưa được báo cáo. Ủy ban nhân dân tỉnh có ý kiến như sau:"
            ),
            Item(
                text=(
                    "Yêu cầu thủ trưởng các cơ quan, đơn vị báo cáo kết quả nhiệm vụ chưa báo cáo trước 17 giờ ngày "
                    "25/11/2021."
                )
            ),
            Item(text="Giao Sở Y tế tổng hợp, tham mưu Ủy ban nhân dân tỉnh chỉ đạo đối với các nhiệm vụ quá hạn."),
            Paragraph("Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị, địa phương khẩn trương thực hiện."),
        ),
        signer=CHAIR,
        distribution=(
            Distribution("Như trên", group="Gửi bản điện tử"),
            Distribution("TT Tỉnh ủy", note="b/c", group="Gửi bản điện tử"),
            Distribution("CT, các PCT UBND tỉnh", group="Gửi bản điện tử"),
        ),
        archive="VT, VXNV",
    )


def party_letter() -> Paper:
    """A letter of a provincial Party committee's standing board."""
    return Paper(
        kind=Kind.LETTER,
        system=System.PARTY,
        issuer="Tỉnh ủy Bến Mai",
        number=571,
        symbol=format_symbol(Kind.LETTER, "TU", system=System.PARTY),
        place="Bến Mai",
        date=date(2021, 7, 22),
        subject="tiếp tục tăng cường công tác phòng, chống dịch Covid-19 trên địa bàn tỉnh",
        recipients=(
            "Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy",
            "Các ban cán sự đảng, đảng đoàn",
            "Các cơ quan, sở, ban, ngành tỉnh",
        ),
        body=(
            Paragraph(
                "Thực hiện Điện của Thường trực Ban Bí thư ngày 21/7/2021 về tăng cường công tác phòng, chống dịch, "
                "Ban Thường vụ Tỉnh ủy yêu cầu:"
            ),
            Item(
                text=(
                    "Các cấp ủy, tổ chức đảng lãnh đạo, chỉ đạo thực hiện nghiêm các biện pháp phòng, chống dịch; "
                    "người đứng đầu chịu trách nhiệm trước Ban Thường vụ Tỉnh ủy."
                )
            ),
            Item(
                text=(
                    "Ban cán sự đảng Ủy ban nhân dân tỉnh chỉ đạo kiểm soát người về từ vùng dịch, chuẩn bị sẵn "
                    "2.000 chỗ cách ly trước ngày 31/7/2021."
                )
            ),
            Item(
                text="Ban Tuyên giáo Tỉnh ủy chủ trì định hướng tuyên truyền, báo cáo Ban Thường vụ Tỉnh ủy hằng tuần."
            ),
        ),
        signer=Signature(
            name="Lê Minh Châu",
            title="Phó Bí thư",
            authority=(Authority(Capacity.ON_BEHALF, "Ban Thường vụ"),),
        ),
        distribution=(
            Distribution("Ban Bí thư Trung ương Đảng", note="báo cáo"),
            Distribution("Như trên"),
            Distribution("Các đồng chí Tỉnh ủy viên"),
        ),
        archive="Văn phòng Tỉnh ủy",
    )


def decision_annexes() -> tuple[Annex, ...]:
    """A long table, and one that lies on its side."""
    return (
        Annex(
            title="Phân công nhân lực khu cách ly",
            body=(
                Table(
                    header=("TT", "Vị trí", "Số người", "Đơn vị cử"),
                    rows=tuple(
                        (place, f"Tổ phục vụ số {place}", 3 + place % 4, "Trung tâm Y tế thành phố")
                        for place in range(1, 46)
                    ),
                ),
            ),
        ),
        Annex(
            title="Dự toán hậu cần",
            landscape=True,
            numbering=Numbering.CLAUSES,
            body=(
                Item(text="Mức chi ăn 80.000 đồng/người/ngày."),
                Table(
                    header=("Nội dung", "Đơn vị tính", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"),
                    rows=(
                        ("Suất ăn", "suất", 18900, 26666.5, 503996850.0),
                        ("Bộ đồ vải giường", "bộ", 450, 185000, 83250000),
                    ),
                    total=("Cộng", None, None, None, 587246850.0),
                ),
            ),
        ),
    )


def decision() -> Paper:
    """A decision in articles with two annexes, one of them landscape."""
    return Paper(
        kind=Kind.DECISION,
        issuer="Ủy ban nhân dân tỉnh Bến Mai",
        number=15,
        symbol=format_symbol(Kind.DECISION, "UBND"),
        place="Bến Mai",
        date=date(2021, 9, 5),
        subject="Về việc phê duyệt phương án tổ chức khu cách ly tập trung",
        ordering_body="Chủ tịch Ủy ban nhân dân tỉnh Bến Mai",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
            "Căn cứ Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007",
            "Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 88/TTr-SYT ngày 03 tháng 9 năm 2021",
        ),
        body=(
            Item(
                text="Phê duyệt phương án tổ chức khu cách ly tập trung tại Trường Cao đẳng Bến Mai, quy mô 450 giường."
            ),
            Item(
                title="Tổ chức thực hiện",
                blocks=(
                    Item(text="Sở Y tế hướng dẫn chuyên môn, phân công nhân lực theo Phụ lục I."),
                    Item(text="Bộ Chỉ huy Quân sự tỉnh quản lý khu cách ly, bảo đảm hậu cần theo Phụ lục II."),
                ),
            ),
            Item(
                text=(
                    "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Y tế, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh và "
                    "thủ trưởng các cơ quan, đơn vị liên quan chịu trách nhiệm thi hành Quyết định này."
                )
            ),
        ),
        signer=Signature(
            name="Nguyễn Thị Đào", title="Phó Chủ tịch", authority=(Authority(Capacity.FOR_HEAD, "Chủ tịch"),)
        ),
        distribution=(
            Distribution("Như Điều 3"),
            Distribution("Bộ Y tế", note="b/c"),
            Distribution("Bộ Tư lệnh Quân khu", note="b/c"),
        ),
        archive="VT, VX",
        annexes=decision_annexes(),
    )


def urgent_dispatch() -> Paper:
    """An urgent dispatch, wired to districts."""
    return Paper(
        kind=Kind.URGENT_DISPATCH,
        issuer="Ủy ban nhân dân tỉnh Bến Mai",
        number=3,
        symbol=format_symbol(Kind.URGENT_DISPATCH, "UBND"),
        place="Bến Mai",
        date=date(2021, 8, 1),
        subject="Về việc tập trung truy vết ổ dịch tại Khu công nghiệp Sông Trà",
        urgency=Urgency.FLASH,
        ordering_body="Chủ tịch Ủy ban nhân dân tỉnh Bến Mai",
        recipients=("Giám đốc Sở Y tế", "Giám đốc Công an tỉnh", "Chủ tịch Ủy ban nhân dân thị xã Sông Trà"),
        body=(
            Paragraph("Từ 0 giờ ngày 01/8/2021, ổ dịch tại Khu công nghiệp Sông Trà đã ghi nhận 31 ca mắc. Yêu cầu:"),
            Item(text="Giám đốc Sở Y tế chỉ đạo hoàn thành truy vết F1 trước 12 giờ ngày 02/8/2021."),
            Item(text="Giám đốc Công an tỉnh lập 12 chốt kiểm soát trong 24 giờ."),
        ),
        signer=Signature(name="Phạm Quốc Bảo", title="Chủ tịch"),
        distribution=(Distribution("Như trên"), Distribution("Thường trực Tỉnh ủy", note="b/c")),
        archive="VT, VX",
    )


SAMPLES = {
    "daily-report": daily_report,
    "directive": directive,
    "official-letter": official_letter,
    "party-letter": party_letter,
    "decision": decision,
    "urgent-dispatch": urgent_dispatch,
    **FURTHER,
}
