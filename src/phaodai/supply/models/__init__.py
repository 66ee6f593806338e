"""The nouns of this context."""

from phaodai.supply.models.equipment import Equipment, EquipmentStep, Redeployment
from phaodai.supply.models.items import Batch, Item
from phaodai.supply.models.movements import Account, Movement, MovementLine
from phaodai.supply.models.orders import Order, OrderLine
from phaodai.supply.models.stores import Holding, StockLevel, Store

__all__ = [
    "Account",
    "Batch",
    "Equipment",
    "EquipmentStep",
    "Holding",
    "Item",
    "Movement",
    "MovementLine",
    "Order",
    "OrderLine",
    "Redeployment",
    "StockLevel",
    "Store",
]
