"""What the officers of the stories hold in their hands: an invented directive, a photo, real papers where they lie near."""

import os
import struct
import zlib
from pathlib import Path

SHARED = Path(os.environ.get("PHAODAI_SHARED", Path(__file__).parents[3] / "shared")) / "directives"

DIRECTIVE = """TỈNH ỦY BÌNH MINH                              ĐẢNG CỘNG SẢN VIỆT NAM
          *                                     Bình Minh, ngày 23 tháng 11 năm 2021
Số 142-CV/TU
V/v truy vết thần tốc, khoanh vùng gọn

Kính gửi:
- Sở Y tế;
- Ủy ban nhân dân các huyện.

Thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ, Ban Thường vụ Tỉnh ủy yêu cầu:

1. Người đứng đầu chịu trách nhiệm trực tiếp về kết quả phòng, chống dịch trên địa bàn, không chờ đợi cấp trên.

2. Ủy ban nhân dân huyện Thuận Hòa rà soát từng nhà, hoàn thành trước 17 giờ 00 ngày 28/11/2021.

3. Sở Y tế chuẩn bị 150 giường bệnh, hoàn thành trước ngày 30/11/2021.

4. Các địa phương củng cố Tổ COVID cộng đồng, mỗi tổ phụ trách không quá 50 hộ.

5. Sở Công Thương rà soát nguồn hàng thiết yếu, hoàn thành trước ngày 29/11/2021.

Nơi nhận:                                             T/M BAN THƯỜNG VỤ
- Như trên;                                                PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.

                                                       Trần Quốc Việt
"""


def sources() -> dict[str, bytes]:
    """The directives to take in, by file name: those beside the repository where they are, else the invented one."""
    real = {path.name: path.read_bytes() for path in sorted(SHARED.glob("*.txt"))}
    return real or {"142-cv-tu.txt": DIRECTIVE.encode()}


def photo() -> bytes:
    """A real picture of one grey pixel, as PNG."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\x00\x80")), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
