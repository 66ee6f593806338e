"""The record kinds of this context."""

from phaodai.surveillance.registers.cases import Cases, Outbreaks, found_by_words
from phaodai.surveillance.registers.contacts import Contacts, Teams
from phaodai.surveillance.registers.screening import Rounds, ScreeningVisits
from phaodai.surveillance.registers.signal_counts import SignalCounts

__all__ = ["Cases", "Contacts", "Outbreaks", "Rounds", "ScreeningVisits", "SignalCounts", "Teams", "found_by_words"]
