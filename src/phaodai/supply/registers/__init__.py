"""The record kinds of this context."""

from phaodai.supply.registers.aid import AidRequests
from phaodai.supply.registers.donations import Donations, FundEntries
from phaodai.supply.registers.equipment import Equipments
from phaodai.supply.registers.readiness import NeedMappings, ReadinessFigures
from phaodai.supply.registers.stock import Items, Movements, Orders, StockLevels, Stores

__all__ = [
    "AidRequests",
    "Donations",
    "Equipments",
    "FundEntries",
    "Items",
    "Movements",
    "NeedMappings",
    "Orders",
    "ReadinessFigures",
    "StockLevels",
    "Stores",
]
