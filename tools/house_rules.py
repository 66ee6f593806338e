"""House rules that no ready-made linter knows, checked over the syntax tree. Exits 1 and names the lines that break one.

- Modules are named after what they hold: no `utils`, `helpers`, `services`, `managers`, `signals`.
- Only actions write: saving, creating, changing and deleting rows stand in `actions`, in migrations and in set-up code.
- Actions and rules never take a request; actions take `actor` and `moment` by keyword.
- Rules read no clock and make no query.
- Nothing but `foundation.clock` reads the machine's clock.
- An error is never swallowed without a word.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("src", "demo")
BANNED_NAMES = {"utils", "helpers", "services", "managers", "signals", "misc", "common"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
    "create_user",
}
# Loading reference data and parked rows is set-up work of the installation, through its own door.
MAY_WRITE = (
    "actions",
    "migrations",
    "demo",
    "foundation/models.py",
    "foundation/registers/keeping.py",
    "foundation/registers/loading.py",
    "site/commands",
    "site/installation.py",
)
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("date", "today"), ("datetime", "utcnow"), ("time", "time")}
MAY_READ_CLOCK = ("foundation/clock.py", "demo", "foundation/database", "site/commands", "site/installation.py")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the program with its path from the root."""
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def within(path: str, places: tuple[str, ...]) -> bool:
    """Whether a module lies in one of some places."""
    return any(f"/{place}/" in f"/{path}" or path.endswith(place) or f"/{place}.py" in path for place in places)


def kind_is(path: str, kind: str) -> bool:
    """Whether a module is of a kind: actions.py, or inside a folder of that name."""
    return f"/{kind}/" in path or path.endswith(f"/{kind}.py")


def check(path: str, tree: ast.Module) -> Iterator[str]:
    """The rules that a module breaks."""
    if Path(path).stem in BANNED_NAMES:
        yield f"{path}: name the module after what it holds"
    for node in ast.walk(tree):
        yield from _calls(path, node)
        yield from _functions(path, node)
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
            yield f"{path}:{node.lineno}: an error is swallowed without a word"


def _calls(path: str, node: ast.AST) -> Iterator[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    platform = path.startswith("src/phaodai/")
    name, owner = node.func.attr, node.func.value
    if platform and name in WRITES and not within(path, MAY_WRITE) and _is_query(owner):
        yield f"{path}:{node.lineno}: only actions write, but this calls .{name}()"
    if isinstance(owner, ast.Name) and (owner.id, name) in CLOCKS and not within(path, MAY_READ_CLOCK):
        yield f"{path}:{node.lineno}: ask foundation.clock for the time"
    if platform and kind_is(path, "rules") and ".objects." in f"{ast.unparse(owner)}.":
        yield f"{path}:{node.lineno}: rules make no query"


def _is_query(owner: ast.AST) -> bool:
    """Sets and dictionaries have .update and .delete too: only managers, querysets and model instances count."""
    text = ast.unparse(owner)
    return (
        ".objects" in text
        or ".filter(" in text
        or text in {"task", "document", "report", "record", "instance", "self.object"}
    )


def _functions(path: str, node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef) or not (kind_is(path, "actions") or kind_is(path, "rules")):
        return
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    if any(argument.arg == "request" for argument in arguments):
        yield f"{path}:{node.lineno}: {node.name} takes a request"
    positional = {argument.arg for argument in [*node.args.posonlyargs, *node.args.args]}
    if (
        kind_is(path, "actions")
        and not node.name.startswith("_")
        and {"actor", "moment"} <= positional
        and len(positional) > 2
        and not _is_log(node)
    ):
        yield f"{path}:{node.lineno}: {node.name} takes actor and moment by keyword"


def _is_log(node: ast.FunctionDef) -> bool:
    return node.name == "log"


def main() -> int:
    """Check every module; print what is broken."""
    broken = [line for path, tree in modules() for line in check(path, tree)]
    print("\n".join(broken) if broken else "house rules kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
