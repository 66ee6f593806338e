"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
application = get_wsgi_application()

# The reader loads its tables on first use; load them before the first document comes, not while its clerk waits.
import congvan  # noqa: E402

congvan.read_text("Số: 1/CV-UBND")
