"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.supply.pages import equipment, items, movements, moving, opening, orders, redeployments, stock_desk, stores

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
]
