"""The parts of WordprocessingML that python-docx has no words for (ECMA-376, part 1)."""

# ruff: noqa: SLF001 (python-docx keeps the XML behind its objects in underscored attributes and documents no other way)

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGE = "vi-VN"
TYPEFACE = "Times New Roman"
THIN = 6  # eighths of a point
# CT_PPr is a sequence: Word refuses a border that comes after the spacing (ECMA-376, 17.3.1.26).
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def element(tag: str, attributes: Mapping[str, object] | None = None) -> Any:
    """A new element; names without prefix are of the main namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_typeface(run_properties: Any) -> None:
    """Times New Roman for every script, free of the theme's fonts, and Vietnamese as the language to proof in."""
    for tag in ("rFonts", "lang"):
        for old in run_properties.findall(qn(f"w:{tag}")):
            run_properties.remove(old)
    scripts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), TYPEFACE)
    run_properties.insert(0, element("rFonts", scripts))
    run_properties.append(element("lang", {"val": LANGUAGE, "eastAsia": LANGUAGE}))


def set_borders(paragraph: Any, *sides: str) -> None:
    """Thin lines on the named sides of a paragraph."""
    borders = element("pBdr")
    for side in sides:
        borders.append(element(side, {"val": "single", "sz": THIN, "space": 1, "color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def add_page_number(paragraph: Any) -> None:
    """A PAGE field."""
    for part in ("begin", None, "end"):
        run = paragraph.add_run()._r
        if part:
            run.append(element("fldChar", {"fldCharType": part}))
        else:
            instruction = element("instrText")
            instruction.text = "PAGE"
            run.append(instruction)


def restart_page_numbers(section: Any) -> None:
    """Page numbers of the section start at 1."""
    numbering = element("pgNumType", {"start": 1})
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def repeat_header(row: Any) -> None:
    """The row is printed again on every page the table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: Any) -> None:
    """The row does not break over pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def apply_style(paragraph: Any, style_id: str) -> None:
    """The style by its identifier: python-docx searches all styles twice for each paragraph styled by name."""
    paragraph._p.style = style_id


def remove(paragraph: Any) -> None:
    """Takes a paragraph away."""
    paragraph._p.getparent().remove(paragraph._p)


def describe(picture: Any, text: str) -> None:
    """The words that a screen reader says for a picture, and no margin around it (LibreOffice assumes 3 mm)."""
    picture._inline.docPr.set("descr", text)
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")


def set_document_language(document: Any) -> None:
    """Vietnamese for everything that does not say otherwise."""
    for defaults in document.styles.element.iter(qn("w:rPrDefault")):
        set_typeface(defaults.find(qn("w:rPr")))
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def set_compatibility(document: Any) -> None:
    """The layout engine of Word 2013 and later: without it Word opens the file in "Compatibility Mode"."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def drop_cell_margins(grid: Any) -> None:
    """Text starts at the very edge of the table's cells, so that columns stand on the margins of the page."""
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, {"w": 0, "type": "dxa"}))
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
