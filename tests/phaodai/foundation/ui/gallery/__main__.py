"""``python -m tests.phaodai.foundation.ui.gallery OUT_DIR``: the gallery, with no database and no server."""

import sys
from pathlib import Path

import django
from django.conf import settings

from phaodai import foundation
from phaodai.foundation.assets import build_assets, compile_messages


def main(out: Path) -> None:
    """Make third-party files, compile the words, render the pages."""
    compile_messages([Path(foundation.__file__).parent])
    build_assets(out / "assets")
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "phaodai.foundation"],
        SECRET_KEY="gallery",
        STATIC_URL="static/",
        STATICFILES_DIRS=[out / "assets"],
        TIME_ZONE="Asia/Ho_Chi_Minh",
        USE_TZ=True,
        LANGUAGE_CODE="vi",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )
    django.setup()
    from tests.phaodai.foundation.ui.gallery.pages import copy_static_files, render_pages

    copy_static_files(out)
    for page in render_pages(out):
        sys.stdout.write(f"{page}\n")


main(Path(sys.argv[1]))
