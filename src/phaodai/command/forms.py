"""What officers fill in, in the words of the screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaodai.command.models import Document, OutgoingPaper, Proposal
from phaodai.command.rules.annexing import Ragged, annexes_of, text_of
from phaodai.command.rules.files import LARGEST_DOCUMENT, LARGEST_EVIDENCE
from phaodai.foundation.fields import DayField

DOCUMENT_TYPES = ".txt,.md,.doc,.docx,.odt,.pdf,.png,.jpg,.jpeg,.tif,.tiff"
EVIDENCE_TYPES = ".jpg,.jpeg,.png,.webp,.pdf,.doc,.docx,.xls,.xlsx,.odt,.ods,.txt"


class When(forms.DateTimeField):
    """A day and an hour, as browsers give them and as people write them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y")


class FileField(forms.FileField):
    """A file whose kind and size the page checks before it is sent."""

    def __init__(self, *, accept: str, max_bytes: int, **options: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), allow_empty_file=True, **options)
        self.max_bytes = max_bytes


class TakeInForm(forms.Form):
    """The stamp of arrival: the file, and what the clerk knows."""

    file = FileField(
        label=_("Document"),
        accept=DOCUMENT_TYPES,
        max_bytes=LARGEST_DOCUMENT,
        help_text=_("Text, Word, PDF, or a scan. Drop it here."),
    )
    arrived_at = When(label=_("Arrived"), required=False)
    forwarded_to = forms.CharField(label=_("Forwarded to"), required=False, max_length=200)
    file_code = forms.CharField(label=_("File"), required=False, max_length=60)


class MetadataForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What the reader proposed about the document as a whole."""

    issued_on = DayField(
        label=_("Date of issue"),
        required=False,
        input_formats=("%Y-%m-%d", "%d/%m/%Y"),
    )
    recipients = forms.CharField(
        label=_("Addressees"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line."),
    )

    class Meta:
        model = Document
        fields = (
            "kind",
            "system",
            "number",
            "symbol",
            "issued_on",
            "place",
            "issuer",
            "subject",
            "urgency",
            "signer_name",
            "signer_title",
            "recipients",
            "forwarded_to",
            "file_code",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["recipients"] = "\n".join(self.instance.recipients)

    def stand_at(self, name: str) -> None:
        """Let the page open with the focus in the field `name`; any other name changes nothing."""
        if name in self.fields:
            self.fields[name].widget.attrs["autofocus"] = True

    def clean_recipients(self) -> list[str]:
        """A list again."""
        return [line.strip() for line in self.cleaned_data["recipients"].splitlines() if line.strip()]


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """One task in the making."""

    deadline = When(label=_("Deadline"), required=False)

    class Meta:
        model = Proposal
        fields = ("title", "deadline", "recurrence", "no_deadline_reason", "measure", "target", "measure_unit")


class LinesField(forms.CharField):
    """A list, one entry on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """A list as lines; what was typed stays as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines that say something."""
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lists differ."""
        return bool(self.to_python(data) != (initial or []))


class AnnexesField(forms.CharField):
    """Tables behind a paper, typed a line a row."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """The tables as they are typed; what was typed stays as it was typed."""
        return text_of(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The tables, or what is wrong with which line."""
        if isinstance(value, list):
            return value
        try:
            return annexes_of(super().to_python(value) or "")
        except Ragged as problem:
            said = {
                "start": _("Begin an annex with “Phụ lục: …”; this line stands before one: %(line)s"),
                "cells": _("This row has not as many cells as the header: %(line)s"),
                "column": _("The chart names a column that the header does not have: %(line)s"),
            }
            raise forms.ValidationError(said[problem.problem] % {"line": problem.line}) from problem

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what is typed says something else than what is kept."""
        return " ".join((data or "").split()) != " ".join(text_of(initial or []).split())


class PaperForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """An outgoing paper while it is written."""

    recipients = LinesField(
        label=_("Addressees"), required=False, help_text=_("As printed after “Kính gửi”, one on each line.")
    )
    distribution = LinesField(
        label=_("Distribution"), required=False, help_text=_("As printed below “Nơi nhận”, one on each line.")
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "A paragraph or an item on each line: “1. …”, “a) …”, “- …”, “Điều 1. …”. An empty line ends an item."
        ),
    )

    annexes = AnnexesField(
        label=_("Annexes"),
        required=False,
        help_text=_(
            "“Phụ lục: …” opens one; then a line for each row, cells parted by “|”. “Biểu đồ: column” draws a chart."
        ),
    )

    class Meta:
        model = OutgoingPaper
        fields = (
            "kind", "system", "urgency", "subject", "recipients", "body", "annexes", "distribution", "authority",
            "archive", "copies",
        )  # fmt: skip


class SplitForm(forms.Form):
    """Passing work on to the units below."""

    title = forms.CharField(label=_("Task"), max_length=300, required=False)
    deadline = When(label=_("Deadline"), required=False)
    measure = forms.CharField(label=_("Measured by"), max_length=300, required=False)
    target = forms.DecimalField(label=_("Target for each"), required=False, min_value=0)


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked like one."""

    def __init__(self, *, accept: str, max_bytes: int, **options: Any) -> None:
        super().__init__(widget=ManyFilesInput(attrs={"accept": accept}), allow_empty_file=True, **options)
        self.max_bytes = max_bytes

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file, or an empty list."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class ProgressForm(forms.Form):
    """A word from the unit, with files that show the work."""

    text = forms.CharField(label=_("What was done"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    achieved = forms.DecimalField(label=_("Reached so far"), required=False, min_value=0, localize=False)
    files = ManyFilesField(  # type: ignore[assignment]  # a field, taken off the class by Django
        label=_("Photos or files"), required=False, accept=EVIDENCE_TYPES, max_bytes=LARGEST_EVIDENCE
    )
    difficulty = forms.BooleanField(label=_("We need help: tell whoever gave the task"), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A deed that must be explained."""

    text = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class ExtendForm(ReasonForm):
    """Moving a deadline."""

    deadline = When(label=_("New deadline"))
    field_order = ("deadline", "text")


class ReportForm(forms.Form):
    """The officer's own words in a report; figures are never typed."""

    assessment = forms.CharField(label=_("Assessment"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    difficulties = forms.CharField(
        label=_("Difficulties and proposals"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_steps = forms.CharField(label=_("Next steps"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
