"""The web server's entry. What a process loads on first use it loads before it serves anybody."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

import congvan  # noqa: E402

# The tables of the reader of documents.
congvan.read_text("Số: 1/CV-UBND")
# The routes with every page behind them, and their addresses, which each language keeps for itself.
for _code, _name in settings.LANGUAGES:
    with translation.override(_code):
        reverse("home")

# What was loaded stays for good. Left to the collector, half a million objects are walked through every few hundred pages,
# 0.1 to 0.3 s in the middle of somebody's page (docs/care-facilities.md).
gc.collect()
gc.freeze()
