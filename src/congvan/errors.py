"""What `congvan` refuses to read, each with what the person should do, in Vietnamese and in English."""

from __future__ import annotations


class Unreadable(Exception):
    """A file that is not read. `vi` and `en` say in one line what is wrong and how to mend it."""

    vi = "Không đọc được tệp này; hãy gửi lại bản .docx, .pdf hoặc .txt."
    en = "This file cannot be read; send it again as .docx, .pdf or .txt."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        suffix = f" ({detail})" if detail else ""
        self.vi, self.en = type(self).vi + suffix, type(self).en + suffix
        super().__init__(self.en)


class NotFound(Unreadable):
    vi = "Không tìm thấy tệp; hãy kiểm tra lại đường dẫn."
    en = "There is no such file; check the path."


class Empty(Unreadable):
    vi = "Tệp không có chữ nào; hãy gửi lại bản có nội dung."
    en = "The file holds no text; send a copy that has content."


class NotADocument(Unreadable):
    vi = "Tệp không phải văn bản; hãy gửi .txt, .md, .docx, .doc, .odt, .pdf hoặc ảnh chụp (.png, .jpg, .tiff)."
    en = "The file is not a document; send .txt, .md, .docx, .doc, .odt, .pdf or a picture (.png, .jpg, .tiff)."


class Damaged(Unreadable):
    vi = "Tệp bị hỏng hoặc thiếu phần; hãy xuất lại từ máy soạn thảo rồi gửi lại."
    en = "The file is damaged or cut short; export it again from the word processor and send that."


class PasswordProtected(Unreadable):
    vi = "Tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại."
    en = "The file is protected by a password; remove the password and send it again."


class TooLarge(Unreadable):
    vi = "Tệp lớn hơn 40 MB; hãy tách văn bản hoặc giảm độ phân giải bản quét."
    en = "The file is larger than 40 MB; split it or lower the resolution of the scan."


class RecognitionMissing(Unreadable):
    vi = "Bản quét cần nhận dạng chữ; hãy cài tesseract-ocr và tesseract-ocr-vie rồi đọc lại."
    en = "A scan needs text recognition; install tesseract-ocr and tesseract-ocr-vie and read it again."
