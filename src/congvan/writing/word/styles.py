"""Gives a Word document the named styles of a layout."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from congvan.writing.layout import Layout, Role, TextStyle
from congvan.writing.word.oxml import element, set_compatibility, set_document_language, set_typeface

ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def set_styles(document: Document, layout: Layout, *, only_missing: bool) -> None:
    """Every style of the layout; with `only_missing`, those that an office's template already has are left alone."""
    present = {style.name for style in document.styles}
    if not only_missing:
        set_document_language(document)
        set_compatibility(document)
        set_style(document.styles["Normal"], TextStyle(14, align="left"))
    for role, text_style in layout.styles.items():
        if role not in present:
            made = document.styles.add_style(role.value, WD_STYLE_TYPE.PARAGRAPH)
            made.element.styleId = role.name.title().replace("_", "")  # Word's own identifiers are ASCII
        elif only_missing:
            continue
        set_style(document.styles[role.value], text_style)
        document.styles[role.value].quick_style = role is not Role.PAGE_NUMBER


def set_style(style: Any, text_style: TextStyle) -> None:
    """One paragraph style, free of what Word's own heading styles bring along (colour, theme font)."""
    set_font(style, text_style)
    paragraph = style.paragraph_format
    paragraph.alignment = ALIGNMENTS[text_style.align]
    paragraph.left_indent, paragraph.first_line_indent = Mm(text_style.left), Mm(text_style.first_line)
    paragraph.space_before, paragraph.space_after = Pt(text_style.before), Pt(text_style.after)
    paragraph.line_spacing = text_style.line
    paragraph.keep_with_next = text_style.keep_with_next
    paragraph.widow_control = True
    set_paragraph_marks(style, text_style)


def set_font(style: Any, text_style: TextStyle) -> None:
    """Typeface, size, weight, slope and colour."""
    font = style.font
    font.size, font.bold, font.italic, font.underline = (
        Pt(text_style.size),
        text_style.bold,
        text_style.italic,
        text_style.underline,
    )
    font.color.rgb = RGBColor(0, 0, 0)
    set_typeface(style.element.get_or_add_rPr())


def set_paragraph_marks(style: Any, text_style: TextStyle) -> None:
    """The place in Word's navigation pane, and no space between paragraphs of the style."""
    properties = style.element.get_or_add_pPr()
    for name in ("contextualSpacing", "outlineLvl"):
        for old in properties.findall(element(name).tag):
            properties.remove(old)
    if text_style.contextual:
        properties.insert_element_before(element("contextualSpacing"), "w:jc", "w:outlineLvl")
    if text_style.level:
        properties.append(element("outlineLvl", {"val": text_style.level - 1}))
