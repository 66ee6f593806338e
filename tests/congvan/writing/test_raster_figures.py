"""A picture of dots reaches both files."""

import io

import pypdfium2
from PIL import Image

from congvan.writing import Figure, Kind, Paper, Paragraph, Signature, write_pdf


def drawn(colour: str) -> bytes:
    """A square of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "PNG")
    return stream.getvalue()


def test_a_png_is_seen_in_the_pdf() -> None:
    body = (Paragraph("Biểu đồ:"), Figure(drawn("red"), "một ô đỏ", "Hình 1"))
    paper = Paper(
        kind=Kind.REPORT,
        issuer="Sở Y tế",
        symbol="BC-SYT",
        place="Bến Mai",
        subject="thử",
        signer=Signature("A"),
        body=body,
    )
    page = pypdfium2.PdfDocument(write_pdf(paper, portable=True))[0]
    picture = page.render(scale=1).to_pil().convert("RGB")
    assert any(colour == (255, 0, 0) for _count, colour in picture.getcolors(1 << 24))
