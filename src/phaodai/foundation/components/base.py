"""How a component is printed."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from django.template import Context
from django.template.engine import Engine
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

Text = str | Promise
Kind = Literal["", "act", "late"]
"""Blue is "you can act"; plum is "late, broken or needs a person"; the rest is ink."""


class Component:
    """Something that can be printed. Text is escaped unless it is a SafeString."""

    __slots__ = ()
    template: ClassVar[str]

    def render(self, context: Context | None = None, /) -> SafeString:
        """Print through ``template``, where the component is called ``c``."""
        surroundings = Context() if context is None else context
        engine = surroundings.template.engine if surroundings.template else Engine.get_default()
        inner = surroundings.new({"c": self, "csrf_token": surroundings.get("csrf_token", "")})
        return engine.get_template(self.template).render(inner)

    def __html__(self) -> SafeString:
        return self.render()

    def __str__(self) -> str:
        return self.render()


Content = Text | Component | Sequence["Content"] | None


def show(content: Content, context: Context | None = None) -> SafeString:
    """Print a component, a sequence of contents, or text; nothing for None."""
    if isinstance(content, Component):
        return content.render(context)
    if content is None:
        return SafeString("")
    if isinstance(content, str | Promise):
        return conditional_escape(str(content) if isinstance(content, Promise) else content)
    return format_html_join("", "{}", ((show(part, context),) for part in content))
