"""Days and numbers that cannot be: a sentence at the field, or at the form where no field had a limit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection

from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.registers.editing import act


@pytest.mark.parametrize(
    ("field", "typed"),
    [(DayField(), "1021-05-05"), (DayField(), "0001-01-01"), (MomentField(), "9999-12-31T23:59")],
)
def test_a_year_that_is_a_slip_of_the_hand_is_named(field: forms.Field, typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert f"Năm {int(typed[:4])} không thể đúng" in refused.value.messages[0]
    assert DayField().clean("1931-02-28") == date(1931, 2, 28)


@pytest.mark.django_db
def test_what_no_calendar_and_no_column_holds_is_said_at_the_form() -> None:
    def too_large() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select 99999999999::int")

    deeds: list[Any] = [lambda: date.max + timedelta(days=1), too_large]
    for deed in deeds:
        form = forms.Form({})
        assert act(form, deed) is None
        assert "lớn" in str(form.non_field_errors())
