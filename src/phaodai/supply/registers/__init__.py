"""The record kinds of this context."""

from phaodai.supply.registers.equipment import Equipments
from phaodai.supply.registers.stock import Items, Movements, Orders, StockLevels, Stores

__all__ = ["Equipments", "Items", "Movements", "Orders", "StockLevels", "Stores"]
