"""The JSON side of every register: the same rows, the same actions, the same refusals."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, NinjaAPI, Query, Router, Schema, Status, errors
from pydantic import AfterValidator, create_model

from phaodai.foundation import clock
from phaodai.foundation.pages import Door
from phaodai.foundation.refusals import Clash, NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.registers.editing import require_amend, require_write
from phaodai.foundation.registers.listing import Wish, page_of
from phaodai.foundation.registers.loading import sentence
from phaodai.foundation.scope import Actor, entering


def _encodable(text: str) -> str:
    """Half a surrogate pair is a string for JSON and for nothing else."""
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise ValueError(_("This text holds signs that cannot be kept.")) from problem
    return text


Plain = Annotated[str, AfterValidator(_encodable)] | int | float | bool | None


class BothValues(Schema):
    """One value that somebody else changed meanwhile."""

    field: str
    label: str
    theirs: str
    mine: str


class Problem(Schema):
    """Why nothing was done: a sentence for the person, the value to mend, and what somebody else changed meanwhile."""

    message: str
    field: str | None = None
    differences: list[BothValues] = []


STATUS: dict[type[Refusal], int] = {NotAllowed: 403, NotHere: 404, Clash: 409}
PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def plain(value: Any) -> Plain:
    """A column's value as JSON carries it: days and moments in ISO form, exact numbers as numbers."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def answer_in_problems(api: NinjaAPI) -> None:
    """Let what the library itself refuses (no session, no token, no JSON, a wrong type) answer in the same shape."""

    @api.exception_handler(errors.ValidationError)
    def unreadable(request: HttpRequest, problem: errors.ValidationError) -> HttpResponse:
        place = [str(part) for part in problem.errors[0]["loc"]]
        # Where in the request (query, path, or body and its parameter), then the value, then how it was tried.
        field = next((part for part in place if part not in ("query", "path", "body")), "body")
        words = _("The value of “%(field)s” is missing or cannot be read.") % {"field": field}
        return api.create_response(request, Problem(message=words, field=field), status=422)

    @api.exception_handler(errors.AuthenticationError)
    def stranger(request: HttpRequest, problem: errors.AuthenticationError) -> HttpResponse:
        del problem
        return api.create_response(request, Problem(message=_("Sign in first.")), status=401)

    @api.exception_handler(errors.HttpError)
    def unreadable_request(request: HttpRequest, problem: errors.HttpError) -> HttpResponse:
        if problem.status_code == HTTPStatus.FORBIDDEN:
            words = _("This request carries no token of your session. Load the page again.")
            return api.create_response(request, Problem(message=words), status=403)
        return api.create_response(request, Problem(message=_("This request cannot be read")), status=422)


class ListWish(Schema):
    """What to list: words to find, a column to order by (with - in front: downwards), and the page."""

    q: str = ""
    order: str = ""
    page: Annotated[int, Query(ge=1, le=100_000)] = 1


def router_of(register: Register) -> Router:
    """The endpoints of one register."""
    router = Router(tags=[register.key])
    _add_reading(router, register)
    if register.create_fields:
        _add_creating(router, register)
    if register.edit_fields:
        _add_amending(router, register)
    return router


def as_officer(request: HttpRequest, deed: Callable[[Actor], Any]) -> Any:
    """Run `deed` under the officer's scope; a refusal becomes its status and sentence."""
    actor = Door.actor_of(request)
    if actor is None:
        words = _(
            "Your account holds no post today, so there is nothing to show."
            " Whoever keeps the posts of your unit can give you one."
        )
        return Status(401, Problem(message=words))
    try:
        with entering(actor, why=request.path):
            return Status(200, deed(actor))
    except ValidationError as invalid:
        field = next(iter(invalid.message_dict)) if hasattr(invalid, "error_dict") else None
        return Status(422, Problem(message=" ".join(invalid.messages), field=field))
    except Refusal as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        differences = [BothValues(**vars(one)) for one in getattr(refusal, "differences", ())]
        return Status(status, Problem(message=str(refusal), field=refusal.field, differences=differences))


def record_schema(register: Register) -> type[Schema]:
    """The shape of one record, named after the register."""
    name = "".join(part.title() for part in register.key.split("-"))
    fields: dict[str, Any] = {column.name: (Plain, None) for column in register.columns}
    return create_model(f"{name}Record", __base__=Schema, id=(int, ...), **fields)


def _shape(register: Register, record: Any) -> dict[str, Any]:
    return {"id": record.pk} | {column.name: plain(column.value(record)) for column in register.columns}


def _add_reading(router: Router, register: Register) -> None:
    schema = record_schema(register)
    rows: Any = list.__class_getitem__(schema)
    listing = create_model(f"{schema.__name__}s", __base__=Schema, rows=(rows, ...), page=(int, ...), more=(bool, ...))

    @router.get(
        "/", response={200: listing, **PROBLEMS}, operation_id=f"{register.key}_list", summary=str(register.title)
    )
    def list_records(request: HttpRequest, wish: Query[ListWish]) -> Any:
        return as_officer(request, lambda actor: _listed(register, wish, request, actor))

    @router.get("/{int:pk}", response={200: schema, **PROBLEMS}, operation_id=f"{register.key}_read")
    def read_record(request: HttpRequest, pk: int) -> Any:
        return as_officer(request, lambda actor: _shape(register, _find(register, actor, pk)))


def _listed(register: Register, wish: ListWish, request: HttpRequest, actor: Actor) -> dict[str, Any]:
    actor.require(register.read)
    filters = {one.name: request.GET[one.name] for one in register.filters if request.GET.get(one.name)}
    found = page_of(register, Wish(wish.q, filters, wish.order, wish.page), actor, clock.now())
    return {"rows": [_shape(register, record) for record in found.rows], "page": found.number, "more": found.more}


def _find(register: Register, actor: Actor, pk: int) -> Any:
    actor.require(register.read)
    # PostgreSQL's bigint ends here; a larger number names no row.
    record = register.rows(actor).filter(pk=pk).first() if abs(pk) < 2**63 else None
    if record is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return record


def input_schema(register: Register, fields: Any, name: str) -> type[Schema]:
    """What may be sent: the form's fields, all as plain values, checked by the form itself."""
    shape: dict[str, Any] = dict.fromkeys(fields, (Plain, None))
    title = "".join(part.title() for part in register.key.split("-"))
    return create_model(f"{title}{name}", __base__=Schema, **shape)


def _checked(register: Register, fields: list[str], values: dict[str, Any], instance: Any) -> dict[str, Any]:
    # A form reads what a browser sends, which is text.
    texts = {name: str(value) for name, value in values.items() if value is not None}
    form = register.form_class(fields)(texts, instance=instance)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refusal(sentence(errors), field=name)
    return dict(form.cleaned_data)


def _add_creating(router: Router, register: Register) -> None:
    schema = input_schema(register, register.create_fields, "New")

    @router.post("/", response={200: record_schema(register), **PROBLEMS}, operation_id=f"{register.key}_create")
    def create_record(request: HttpRequest, body: Annotated[schema, Body(...)]) -> Any:  # type: ignore[valid-type]
        def deed(actor: Actor) -> Any:
            require_write(register, actor)
            values = _checked(register, list(register.create_fields), body.dict(), None)  # type: ignore[attr-defined]
            return _shape(register, register.create(actor=actor, moment=clock.now(), **values))

        return as_officer(request, deed)


def _add_amending(router: Router, register: Register) -> None:
    fields = list(register.edit_fields)
    schema = create_model(
        f"{input_schema(register, fields, 'Change').__name__}",
        __base__=input_schema(register, fields, "Changed"),
        version=(int, ...),
    )

    @router.patch(
        "/{int:pk}", response={200: record_schema(register), **PROBLEMS}, operation_id=f"{register.key}_change"
    )
    def change_record(request: HttpRequest, pk: int, body: Annotated[schema, Body(...)]) -> Any:  # type: ignore[valid-type]
        def deed(actor: Actor) -> Any:
            record = _find(register, actor, pk)
            require_amend(register, record, actor)
            sent = body.dict(exclude_unset=True)  # type: ignore[attr-defined]
            version = sent.pop("version")
            values = _checked(register, list(sent), sent, record) if sent else {}
            return _shape(register, register.amend(actor=actor, moment=clock.now(), pk=pk, version=version, **values))

        return as_officer(request, deed)
