"""Check the sizes of functions and files against the house's bars.

    python tools/sizes.py [FOLDER ...]

Bars: no function body over 60 lines, no file over 600; median and 90th percentile of the bodies, tests aside, are held
to 8 and 25 lines. A body is what stands between signature and end, without the docstring. Migrations are left out.
Exit 1 when a bar is broken.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "demo", "tests", "benchmarks", "tools")
LONGEST_FUNCTION, LONGEST_FILE = 60, 600
MEDIAN_BAR, P90_BAR = 8, 25


@dataclass(frozen=True)
class Function:
    """A function or method and the lines of its body."""

    path: Path
    name: str
    line: int
    lines: int


def python_files(folders: list[Path]) -> list[Path]:
    """Every module below the folders but migrations."""
    found = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def functions_of(path: Path) -> Iterator[Function]:
    """Functions of a module at any depth; one inside another counts for both."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(path, node.name, node.lineno, _body_lines(node))


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def main(arguments: list[str]) -> int:
    """Print the figures and what breaks a bar."""
    files = python_files([Path(name) for name in arguments] or [ROOT / name for name in FOLDERS])
    functions = [function for path in files for function in functions_of(path)]
    complaints = [*_too_long(files, functions), *_too_long_on_the_whole(functions)]
    print(f"{len(files)} files, {len(functions)} functions", *complaints, sep="\n")
    return 1 if complaints else 0


def _too_long(files: list[Path], functions: list[Function]) -> Iterator[str]:
    for path in files:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            yield f"{path}: {lines} lines; at most {LONGEST_FILE}"
    for one in functions:
        if one.lines > LONGEST_FUNCTION:
            yield f"{one.path}:{one.line}: {one.name} has {one.lines} lines; at most {LONGEST_FUNCTION}"


def _too_long_on_the_whole(functions: list[Function]) -> Iterator[str]:
    lengths = [one.lines for one in functions if "tests" not in one.path.parts]
    if len(lengths) < 2:
        return
    middle, high = median(lengths), quantiles(lengths, n=10)[-1]
    print(f"function bodies: median {middle:g} lines, 90th percentile {high:g}")
    if middle > MEDIAN_BAR or high > P90_BAR:
        yield f"functions are too long on the whole: at most {MEDIAN_BAR} and {P90_BAR} lines"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
