"""The nouns of this context."""

from phaodai.supply.models.aid import AidDelay, AidLine, AidRequest, AidStep, AidTeam
from phaodai.supply.models.donations import (
    Donation,
    Fund,
    FundEntry,
    FundHolding,
    FundStatement,
    GoodsHandover,
    StatementGiver,
)
from phaodai.supply.models.equipment import Equipment, EquipmentStep, Redeployment
from phaodai.supply.models.items import Batch, Item
from phaodai.supply.models.movements import Account, Movement, MovementLine
from phaodai.supply.models.orders import Order, OrderLine
from phaodai.supply.models.readiness import (
    DrillCall,
    DrillCount,
    Figure,
    NeedMapping,
    Pillar,
    ReadinessDrill,
    ReadinessFigure,
    ReadinessLine,
    ReadinessPlan,
)
from phaodai.supply.models.stores import Holding, StockLevel, Store

__all__ = [
    "Account",
    "AidDelay",
    "AidLine",
    "AidRequest",
    "AidStep",
    "AidTeam",
    "Batch",
    "Donation",
    "DrillCall",
    "DrillCount",
    "Equipment",
    "EquipmentStep",
    "Figure",
    "Fund",
    "FundEntry",
    "FundHolding",
    "FundStatement",
    "GoodsHandover",
    "Holding",
    "Item",
    "Movement",
    "MovementLine",
    "NeedMapping",
    "Order",
    "OrderLine",
    "Pillar",
    "ReadinessDrill",
    "ReadinessFigure",
    "ReadinessLine",
    "ReadinessPlan",
    "Redeployment",
    "StatementGiver",
    "StockLevel",
    "Store",
]
