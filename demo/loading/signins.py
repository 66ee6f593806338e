"""One sign-in for each kind of officer, read back from the database that is served."""

from demo.loading.bodies import PASSWORD
from phaodai.people.models import Post

ACCOUNTS = (
    ("provincial command", "viettq.98-ubnd"),
    ("office of the committee", "linhdt.98-vptu"),
    ("chief of the office", "yendtk.98-vptu"),
    ("head of a department", "vanbth.98-syt"),
    ("chair of a district", "datnh.982-ubnd"),
    ("district health centre", "nguyetctm.982-ttyt"),
    ("epidemiologist", "longda.982-ttyt"),
    ("chair of a commune", "haimn.98026-ubnd"),
    ("commune health station", "ngocttb.98026-tyt"),
    ("hospital", "haht.98-bvdk"),
    ("Front and unions", "tranglt.98-mttq"),
    ("inspector", "nhungttn.98-ttt"),
)
"""What the officer does, and the account; the first picture of every room is seen by one of these."""

HEADINGS = ("role", "name", "post", "account", "password")


def sign_ins() -> list[tuple[str, ...]]:
    """Role, name, post, account and password of each shown account that still has a post."""
    account = "officer__user__username"
    posts = Post.objects.filter(**{f"{account}__in": [name for _, name in ACCOUNTS]}).order_by("is_head", "-id")
    columns = posts.values_list(account, "officer__full_name", "title", "organisation__short_name")
    holders = {name: (full_name, f"{title}, {body}") for name, full_name, title, body in columns}
    return [(role, *holders[name], name, PASSWORD) for role, name in ACCOUNTS if name in holders]


def as_table(rows: list[tuple[str, ...]]) -> str:
    """The rows under their headings, in columns."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
