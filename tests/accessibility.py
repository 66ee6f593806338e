"""axe in an open page: what it finds wrong, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
CONTRAST = {"runOnly": ["color-contrast"]}

_AXE = Axe().axe_script
# What is right on a long page fills megabytes, whose writing takes longer than the looking.
_RUN = """async (rules) => {
  const { violations } = await axe.run({ ...rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 300))]);
}"""


def violations(page: Page, rules: Mapping[str, Any] = STANDARD) -> list[tuple[str, Sequence[str]]]:
    """Each broken rule with the elements that break it, as their first 300 letters."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_AXE)
    return [(rule, nodes) for rule, nodes in page.evaluate(_RUN, rules)]
