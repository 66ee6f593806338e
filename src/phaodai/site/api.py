"""The JSON interface: every register under its key, described by OpenAPI at /api/v1/docs."""

from ninja import NinjaAPI
from ninja.security import django_auth

from phaodai.foundation.registers.api import answer_in_problems, router_of
from phaodai.site.registers import REGISTERS

api = NinjaAPI(title="Pháo Đài", version="1", urls_namespace="api", auth=django_auth, docs_url="/docs")
answer_in_problems(api)
for register in REGISTERS:
    api.add_router(f"/{register.key}", router_of(register))
