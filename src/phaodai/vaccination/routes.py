"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.vaccination.pages import (
    certificates,
    certificates_one,
    claims,
    cold_chain,
    coverage,
    doses_desk,
    doses_phone,
    doses_sheets,
    events,
    lists,
    lots,
    plan,
    sessions,
    sessions_deeds,
    slips,
    verifying,
    wastage,
)

urlpatterns: list[URLPattern | URLResolver] = []

urlpatterns += [
    path("do-bao-phu", coverage.coverage, name="vaccination-coverage"),
    path("hao-phi", wastage.wastage, name="vaccination-wastage"),
    path("cap-chung-nhan", certificates.certificates, name="certificates"),
    path("chung-nhan/<int:pk>/buoc/<slug:name>", certificates_one.deed, name="certificate-deed"),
]

# The vaccinating tables and the desk behind them.
urlpatterns += [
    path("buoi/<int:pk>/tiem/", doses_phone.app, name="dose-phone"),
    path("buoi/<int:pk>/tiem/danh-sach", doses_phone.held, name="dose-phone-held"),
    path("buoi/<int:pk>/tiem/may-phu.js", doses_phone.worker, name="dose-phone-worker"),
    path("buoi/<int:pk>/tiem/<slug:name>", doses_phone.deed, name="dose-phone-deed"),
    path("buoi/<int:pk>/phieu", slips.slips, name="vaccination-slips"),
    path("may/dang-xuat", doses_phone.leave, name="dose-phone-leave"),
    path("nghi-ngo", doses_desk.doubts, name="dose-doubts"),
    path("danh-tinh", doses_desk.identities, name="dose-identities"),
    path("bang-mui-tiem", doses_sheets.sheets, name="dose-sheets"),
    path("bang-mui-tiem/<int:pk>", doses_sheets.sheet, name="dose-sheet"),
    path("bang-mui-tiem/<int:pk>/sua", doses_sheets.mend, name="dose-sheet-mend"),
    path("bang-mui-tiem/<int:pk>/bo", doses_sheets.give_up, name="dose-sheet-give-up"),
    path("viec/<slug:name>/<int:pk>", doses_desk.deed, name="dose-deed"),
    path("phan-ung", events.reactions, name="dose-reactions"),
    path("phan-ung/<slug:name>/<int:pk>", events.deed, name="dose-reaction-deed"),
    path("sau-tiem/<slug:reference>", claims.report, name="reaction-report"),
]

# The plan: the desk, groups, lists, lots, fridges, sessions and invitations.
urlpatterns += [
    path("", plan.desk, name="vaccination"),
    path("ke-hoach", plan.plan, name="vaccination-plan"),
    path("danh-sach", lists.lists, name="vaccination-lists"),
    path("lich", sessions.calendar, name="vaccination-sessions"),
    path("buoi/them", sessions.new, name="vaccination-session-new"),
    path("buoi/<int:pk>", sessions.session, name="vaccination-session"),
    path("buoi/<int:pk>/viec", sessions_deeds.deed, name="vaccination-session-deed"),
    path("buoi/<int:pk>/giay-moi", sessions_deeds.letters, name="vaccination-session-letters"),
    path("lo/nhan", lots.receive, name="vaccination-lot-new"),
    path("lo/<int:pk>", lots.lot, name="vaccination-lot"),
    path("tu-lanh/<int:pk>", cold_chain.cold_place, name="vaccination-cold"),
]

# Behind the public door, at an address that fits on a certificate.
verifications: list[URLPattern] = [
    path("", verifying.verify_certificate, name="verify-certificate"),
    path("khoa", verifying.trust_list, name="certificate-trust-list"),
]
