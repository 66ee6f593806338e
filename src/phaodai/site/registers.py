"""Every record kind of the program, in the order of the rooms. Adding one here gives it screens, sheets and API."""

from phaodai.care.registers import Ambulances, Patients
from phaodai.care.registers.facilities import BedReports, Beds, Facilities, OxygenSources, UpgradePlans
from phaodai.care.registers.home import HomeCares
from phaodai.care.registers.people import CareTeams, Shifts, Workers
from phaodai.command.registers import Documents, Names, OutgoingPapers, Reports, Tasks
from phaodai.containment.registers import (
    Arrivals,
    CheckFindings,
    Checkpoints,
    Checks,
    Gatherings,
    LevelDecisions,
    OriginLevels,
    Sites,
    Stays,
    WeeklyIndicators,
)
from phaodai.foresight.registers import DailyCounts, EarlyWarnings
from phaodai.foundation.registers import Register
from phaodai.people.registers import Organisations, Persons, Posts
from phaodai.supply.registers import (
    AidRequests,
    Donations,
    Equipments,
    FundEntries,
    Items,
    Movements,
    NeedMappings,
    Orders,
    ReadinessFigures,
    StockLevels,
    Stores,
)
from phaodai.surveillance.registers import Cases, Contacts, Outbreaks, Rounds, ScreeningVisits, SignalCounts, Teams
from phaodai.vaccination.registers.certificates import Certificates
from phaodai.vaccination.registers.coverage import Denominators
from phaodai.vaccination.registers.doses import Doses
from phaodai.vaccination.registers.plan import ColdPlaces, Entries, Lots, Sessions

REGISTERS: tuple[Register, ...] = (
    Documents(),
    Tasks(),
    OutgoingPapers(),
    Reports(),
    Names(),
    Organisations(),
    Posts(),
    WeeklyIndicators(),
    LevelDecisions(),
    Sites(),
    Stays(),
    Arrivals(),
    Checkpoints(),
    OriginLevels(),
    Gatherings(),
    Checks(),
    CheckFindings(),
    Facilities(),
    Beds(),
    BedReports(),
    OxygenSources(),
    UpgradePlans(),
    Workers(),
    Shifts(),
    CareTeams(),
    DailyCounts(),
    EarlyWarnings(),
    Patients(),
    Ambulances(),
    Cases(),
    Outbreaks(),
    Contacts(),
    Teams(),
    Rounds(),
    ScreeningVisits(),
    SignalCounts(),
    HomeCares(),
    Sessions(),
    Entries(),
    Lots(),
    ColdPlaces(),
    Doses(),
    Denominators(),
    Certificates(),
    Persons(),
    StockLevels(),
    Movements(),
    Orders(),
    Stores(),
    Items(),
    Equipments(),
    Donations(),
    FundEntries(),
    NeedMappings(),
    ReadinessFigures(),
    AidRequests(),
)
