"""How each part of a paper looks: one table of styles for the State and one for the Party, shared by every format.

Sources: Decree 30/2020/NĐ-CP, Appendix I, part I, section IV (positions, sizes, styles); Guide 36-HD/VPTW of
3 April 2018, appendix 3.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from congvan.writing.kinds import System


class Role(StrEnum):
    """The part a line plays; the value is the name of its Word style."""

    NATIONAL_TITLE = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    ISSUER_PARENT = "Cơ quan chủ quản"
    ISSUER = "Cơ quan ban hành"
    SEPARATOR = "Dấu ngăn cách"
    NUMBER = "Số ký hiệu"
    LETTER_SUBJECT = "Trích yếu công văn"
    URGENCY = "Mức độ khẩn"
    PLACE_DATE = "Địa danh ngày tháng"
    KIND = "Tên loại"
    SUBJECT = "Trích yếu"
    SUBJECT_END = "Dưới trích yếu"
    ORDERING_BODY = "Thẩm quyền ban hành"
    RECIPIENT_SINGLE = "Kính gửi"
    RECIPIENT_LABEL = "Kính gửi nhiều nơi"
    RECIPIENT = "Nơi kính gửi"
    BASIS = "Căn cứ"
    DECIDES = "Quyết định"
    HEADING = "Phần"
    TITLE_1 = "Heading 1"
    TITLE_2 = "Heading 2"
    TITLE_3 = "Heading 3"
    BODY = "Nội dung"
    CAPTION = "Caption"
    FIGURE = "Hình"
    TABLE_HEADER = "Đầu bảng"
    TABLE_CELL = "Ô bảng"
    DISTRIBUTION_LABEL = "Tiêu đề nơi nhận"
    DISTRIBUTION = "Nơi nhận"
    AUTHORITY = "Quyền hạn"
    POSITION = "Chức vụ"
    SIGNER = "Người ký"
    ANNEX = "Phụ lục"
    ANNEX_TITLE = "Tên phụ lục"
    ANNEX_SOURCE = "Kèm theo"
    PAGE_NUMBER = "Header"


@dataclass(frozen=True)
class TextStyle:
    """One paragraph style: sizes and spaces in points, indents in millimetres, `line` in multiples of single.

    `level` is the place in the outline from 1; `contextual` drops the space between paragraphs of the same style.
    """

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: Literal["left", "center", "right", "justify"] = "center"
    first_line: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    keep_with_next: bool = False
    level: int = 0
    contextual: bool = False


@dataclass(frozen=True)
class Layout:
    """Page and styles of one system. Millimetres; rules under titles follow the source's wording."""

    top: float
    bottom: float
    left: float
    right: float
    head_left: float
    styles: dict[Role, TextStyle]
    page_width: float = 210
    page_height: float = 297

    @property
    def text_width(self) -> float:
        """Width between the margins."""
        return self.page_width - self.left - self.right


BODY = TextStyle(14, align="justify", first_line=12.7, after=6, line=1.08)
TITLED = replace(BODY, bold=True, keep_with_next=True)

STATE_STYLES = {
    Role.NATIONAL_TITLE: TextStyle(12, bold=True),
    Role.MOTTO: TextStyle(13, bold=True, after=3),
    Role.ISSUER_PARENT: TextStyle(12),
    Role.ISSUER: TextStyle(12, bold=True, after=3),
    Role.SEPARATOR: TextStyle(14),
    Role.NUMBER: TextStyle(13),
    Role.LETTER_SUBJECT: TextStyle(12, before=6),
    Role.URGENCY: TextStyle(13, bold=True, before=6),
    Role.PLACE_DATE: TextStyle(13, italic=True),
    Role.KIND: TextStyle(14, bold=True, before=18, keep_with_next=True),
    Role.SUBJECT: TextStyle(14, bold=True, after=8, contextual=True, keep_with_next=True),
    Role.SUBJECT_END: TextStyle(14, after=8, keep_with_next=True),
    Role.ORDERING_BODY: TextStyle(14, bold=True, before=6, after=10, keep_with_next=True),
    Role.RECIPIENT_SINGLE: TextStyle(14, before=18, after=12),
    Role.RECIPIENT_LABEL: TextStyle(14, align="left", left=25, before=12, keep_with_next=True),
    Role.RECIPIENT: TextStyle(14, align="left", left=45, first_line=-3, after=12, contextual=True),
    Role.BASIS: replace(BODY, italic=True),
    Role.DECIDES: TextStyle(14, bold=True, before=6, after=8, keep_with_next=True),
    Role.HEADING: TextStyle(14, bold=True, before=6, after=6, keep_with_next=True, level=1),
    Role.TITLE_1: replace(TITLED, level=1),
    Role.TITLE_2: replace(TITLED, level=2),
    Role.TITLE_3: replace(TITLED, level=3, italic=True),
    Role.BODY: BODY,
    Role.CAPTION: TextStyle(13, italic=True, before=4, after=6),
    Role.FIGURE: TextStyle(14, before=4, keep_with_next=True),
    Role.TABLE_HEADER: TextStyle(12, bold=True, before=2, after=2),
    Role.TABLE_CELL: TextStyle(12, align="left", before=2, after=2),
    Role.DISTRIBUTION_LABEL: TextStyle(12, bold=True, italic=True, align="left"),
    Role.DISTRIBUTION: TextStyle(11, align="left", left=2.5, first_line=-2.5),
    Role.AUTHORITY: TextStyle(14, bold=True),
    Role.POSITION: TextStyle(14, bold=True),
    Role.SIGNER: TextStyle(14, bold=True, before=72),
    Role.ANNEX: TextStyle(14, bold=True, keep_with_next=True, level=1),
    Role.ANNEX_TITLE: TextStyle(14, bold=True, keep_with_next=True),
    Role.ANNEX_SOURCE: TextStyle(14, italic=True, after=10, keep_with_next=True),
    Role.PAGE_NUMBER: TextStyle(14),
}

PARTY_STYLES = STATE_STYLES | {
    Role.NATIONAL_TITLE: TextStyle(15, bold=True, after=3),
    Role.ISSUER_PARENT: TextStyle(14),
    Role.ISSUER: TextStyle(14, bold=True),
    Role.NUMBER: TextStyle(14),
    Role.LETTER_SUBJECT: TextStyle(12, italic=True),
    Role.URGENCY: TextStyle(14, bold=True, before=6),
    Role.PLACE_DATE: TextStyle(14, italic=True, before=4),
    Role.KIND: TextStyle(16, bold=True, before=18, keep_with_next=True),
    Role.SUBJECT: TextStyle(14, bold=True, keep_with_next=True),
    Role.RECIPIENT_SINGLE: TextStyle(14, italic=True, before=18, after=12),
    Role.RECIPIENT_LABEL: TextStyle(14, italic=True, align="left", left=25, before=12, keep_with_next=True),
    Role.BASIS: BODY,
    Role.DISTRIBUTION_LABEL: TextStyle(14, underline=True, align="left"),
    Role.DISTRIBUTION: TextStyle(12, align="left", left=2.5, first_line=-2.5),
    Role.POSITION: TextStyle(14),
}

LAYOUTS = {
    System.STATE: Layout(top=20, bottom=20, left=30, right=20, head_left=68, styles=STATE_STYLES),
    System.PARTY: Layout(top=20, bottom=20, left=30, right=20, head_left=70, styles=PARTY_STYLES),
}
