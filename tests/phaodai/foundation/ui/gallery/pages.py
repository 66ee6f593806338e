"""Renders the sample pages as files that any static server can show."""

import json
import shutil
from pathlib import Path

from django import forms
from django.contrib.staticfiles.finders import get_finders
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils.translation import override

from phaodai.foundation.shell import Job
from tests.phaodai.foundation.ui.gallery.samples import board, frame, intake, parts, tasks

TEMPLATES = Path(__file__).parent / "templates"


class DocumentForm(forms.Form):
    """A form with each kind of control, one of them refused."""

    subject = forms.CharField(label="Trích yếu", initial="truy vết thần tốc")
    received_on = forms.DateField(label="Ngày đến", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    urgency = forms.ChoiceField(label="Độ khẩn", choices=[("", "Thường"), ("hoa-toc", "Hỏa tốc")], required=False)
    number = forms.CharField(label="Số, ký hiệu", help_text="Như in trên văn bản, ví dụ 142-CV/TU.")
    kept = forms.BooleanField(label="Lưu hồ sơ mật", required=False)
    file = forms.FileField(label="Tệp", widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt"}), required=False)

    def clean_number(self) -> str:
        raise forms.ValidationError("Số 142-CV/TU đã có trong sổ ngày 23/11. Mở văn bản ấy hoặc sửa số.")


class SignInForm(forms.Form):
    """What Django's sign-in asks."""

    login = forms.CharField(label="Tên đăng nhập")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


def _contexts() -> dict[str, dict[str, object]]:
    office = ("Đỗ Thùy Linh", "Chuyên viên, Văn phòng Tỉnh ủy")
    board_page = {
        "shell": frame.shell("today", "Trần Quốc Việt", "Phó Trưởng ban, BCĐ tỉnh"),
        "night": board.night(),
        "decisions": board.decisions(),
        "map": board.level_map(),
        "late_units": board.late_units(),
        "late_chart": board.late_chart(),
        "curve": board.curve(),
    }
    intake_page = {
        "shell": frame.shell("command", *office),
        "thread": frame.stops("142-CV/TU, 23/11/2021", "5 mục", "nhiệm vụ: chưa giao", "cửa nhà", "báo cáo", at=0),
        "facts": intake.document_facts(),
        "repairs": intake.repairs(),
    }
    tasks_page = {
        "shell": frame.shell("command", *office),
        "thread": frame.stops(
            "31-CT/TU, 15/11/2021", "mục 2", "388 nhiệm vụ, 3 cấp", "2.914 F1 đã gặp", "báo cáo 24/11, đang soạn", at=2
        ),
        "summary": tasks.tree_summary(),
        "chips": tasks.tree_chips(),
        "tree": tasks.tree(),
        "panel": tasks.task_panel(),
    }
    job = Job("Nhập 100.000 mũi tiêm", 41, "còn 2 phút", "#")
    parts_page = {
        "shell": frame.shell("supply", *office, jobs=(job,), drill=True),
        "parts": parts.other_parts(),
        "form": DocumentForm({"subject": "truy vết", "number": "142-CV/TU"}),
        "curve": board.curve(interactive=True),
        "live_map": board.level_map(live=True),
    }
    return {
        "board.html": board_page,
        "intake.html": intake_page,
        "tasks.html": tasks_page,
        "parts.html": parts_page,
        "commune.html": {"shell": frame.shell("", "", "")},
        "foundation/sign_in.html": {"form": SignInForm()},
        "foundation/404.html": {},
    }


def render_pages(out: Path, language: str = "vi") -> list[Path]:
    """Write each page into ``out`` and say which."""
    backend = DjangoTemplates({"NAME": "gallery", "DIRS": [TEMPLATES], "APP_DIRS": True, "OPTIONS": {}})
    request = RequestFactory().get("/")
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with override(language):
        for name, context in _contexts().items():
            page = out / Path(name).name
            page.write_text(backend.get_template(name).render(context, request), encoding="utf-8")
            made.append(page)
        for name, part in parts.answers().items():
            (out / name).write_text(part.render(), encoding="utf-8")
    (out / "outlines.json").write_text(json.dumps(board.outlines()), encoding="utf-8")
    return made


def copy_static_files(out: Path) -> None:
    """Copy what the pages link to into ``out/static``."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            if path.startswith(("phaodai/", "vendor/")):
                target = out / "static" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(storage.path(path), target)
