"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.supply.pages import (
    aid,
    donations,
    donations_sheet,
    drills,
    equipment,
    funds,
    handovers,
    items,
    movements,
    moving,
    opening,
    orders,
    readiness,
    redeployments,
    statements,
    stock_desk,
    stores,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", stock_desk.desk, name="supply"),
    path("kho/<int:pk>/ho-so", stores.store, name="supply-store"),
    path("kho/<int:pk>/phieu/<slug:what>", moving.move, name="supply-move"),
    path("kho/<int:pk>/manh/<slug:what>", moving.part, name="supply-store-part"),
    path("kho/<int:pk>/ton-dau-ky", opening.opening, name="supply-opening"),
    path("phieu/<int:pk>", movements.movement, name="supply-movement"),
    path("mat-hang/<int:pk>/o-dau", items.item, name="supply-item"),
    path("don-hang/<int:pk>/ho-so", orders.order, name="supply-order"),
    path("thiet-bi/<int:pk>/ho-so", equipment.equipment, name="supply-equipment"),
    path("thiet-bi/dieu-chuyen", redeployments.redeployments, name="supply-redeployments"),
    path("quy/", funds.overview, name="supply-funds"),
    path("quy/<int:pk>", funds.fund, name="supply-fund"),
    path("quy/<int:pk>/viec", funds.deed, name="supply-fund-deed"),
    path("quy/<int:pk>/ung-ho", donations.new, name="supply-donation-new"),
    path("quy/<int:pk>/bang-ung-ho", donations_sheet.sheet, name="supply-gifts-sheet"),
    path("ung-ho/<int:pk>/ho-so", donations.donation, name="supply-donation"),
    path("ung-ho/<int:pk>/viec", donations.deed, name="supply-donation-deed"),
    path("ung-ho/<int:pk>/bien-nhan.<slug:suffix>", donations.receipt, name="supply-donation-receipt"),
    path("giao-kho/", handovers.waiting, name="supply-handovers"),
    path("san-sang/", readiness.board, name="supply-readiness"),
    path("san-sang/<int:pk>", readiness.unit, name="supply-readiness-unit"),
    path("san-sang/<int:pk>/viec", readiness.deed, name="supply-readiness-deed"),
    path("dien-tap/", drills.overview, name="supply-drills"),
    path("dien-tap/<int:pk>", drills.drill, name="supply-drill"),
    path("dien-tap/tra-loi/<int:pk>", drills.answer, name="supply-drill-answer"),
    path("tuong-tro/", aid.overview, name="supply-aid-board"),
    path("tuong-tro/moi", aid.new, name="supply-aid-new"),
    path("tuong-tro/<int:pk>", aid.aid, name="supply-aid"),
    path("tuong-tro/<int:pk>/viec", aid.deed, name="supply-aid-deed"),
]

published: list[URLPattern | URLResolver] = [
    path("quy/", statements.statements, name="supply-statements"),
    path("quy/<int:pk>", statements.statement, name="supply-statement"),
]
