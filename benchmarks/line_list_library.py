"""django-import-export taking in the list of `line_list_import.py`, in an environment of its own; prints rows a second.

    PYTHON line_list_library.py HOST PORT DATABASE USER PASSWORD ROWS < LIST.csv

The table has the columns and indexes of a case and lies in a schema that is dropped again; it has no history and no
row-level security, which speaks for the library.
"""

import sys
from time import perf_counter

import django
from django.conf import settings

HOST, PORT, DATABASE, USER, PASSWORD, ROWS = sys.argv[1:7]
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "HOST": HOST, "PORT": PORT, "NAME": DATABASE, "USER": USER,
            "PASSWORD": PASSWORD, "OPTIONS": {"options": "-c search_path=line_list_library"},
        }
    },
    INSTALLED_APPS=["import_export"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)  # fmt: skip
django.setup()

import tablib  # noqa: E402
from django.db import connection, models  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402


class Case(models.Model):
    """A case with its person in one row."""

    code = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    sex = models.CharField(max_length=3)
    birth_year = models.IntegerField()
    phone = models.CharField(max_length=20)
    onset_on = models.DateField()
    sampled_on = models.DateField()
    positive_at = models.DateField()
    symptoms = models.CharField(max_length=500)
    occupation = models.CharField(max_length=120)
    residence = models.CharField(max_length=200)
    outcome = models.CharField(max_length=40)

    class Meta:
        app_label = "import_export"
        indexes = [
            models.Index(fields=[name]) for name in ("onset_on", "sampled_on", "residence", "full_name", "phone")
        ]


def column(name: str, header: str) -> fields.Field:
    """A column of the list."""
    day = widgets.DateWidget("%d/%m/%Y") if name in ("onset_on", "sampled_on", "positive_at") else None
    return fields.Field(name, header, widget=day)


class Cases(resources.ModelResource):
    """The list as the library is told of it."""

    code = column("code", "Mã ca")
    full_name = column("full_name", "Họ và tên")
    sex = column("sex", "Giới tính")
    birth_year = column("birth_year", "Năm sinh")
    phone = column("phone", "Số điện thoại")
    onset_on = column("onset_on", "Ngày khởi phát")
    sampled_on = column("sampled_on", "Ngày lấy mẫu")
    positive_at = column("positive_at", "Ngày có kết quả")
    symptoms = column("symptoms", "Triệu chứng")
    occupation = column("occupation", "Nghề nghiệp")
    residence = column("residence", "Nơi ở")
    outcome = column("outcome", "Kết cục")

    class Meta:
        model = Case
        import_id_fields = ("code",)
        use_bulk = True
        skip_unchanged = True
        report_skipped = False


def main() -> None:
    """Import once, and print the pace."""
    with connection.cursor() as cursor:
        cursor.execute("create schema line_list_library")
    try:
        with connection.schema_editor() as editor:
            editor.create_model(Case)
        start = perf_counter()
        result = Cases().import_data(tablib.Dataset().load(sys.stdin.read(), format="csv"), raise_errors=True)
        taken = perf_counter() - start
        assert result.totals["new"] == int(ROWS), result.totals
        print(int(ROWS) / taken)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop schema line_list_library cascade")


if __name__ == "__main__":
    main()
