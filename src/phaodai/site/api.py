"""The JSON interface: every register under its key, described by OpenAPI at /api/v1/docs."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.security import django_auth

from phaodai.foundation.registers.api import answer_in_problems, router_of
from phaodai.site.registers import REGISTERS
from phaodai.surveillance.pages.testing_api import router as results


class Interface(Swagger):
    """The library's description page from our own files: its own template asks a CDN, which our policy forbids."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page that draws the description of every address."""
        address = self.get_openapi_url(api, kwargs)
        shown = {"api": api, "swagger_settings": json.dumps(self.settings | {"url": address}), "add_csrf": True}
        return render(request, "site/interface.html", shown)


api = NinjaAPI(
    title="Pháo Đài", version="1", urls_namespace="api", auth=django_auth, docs_url="/docs", docs=Interface()
)
answer_in_problems(api)
for register in REGISTERS:
    api.add_router(f"/{register.key}", router_of(register))
api.add_router("/ket-qua-xet-nghiem", results)
