"""The record kinds of this context."""

from phaodai.surveillance.registers.cases import Cases, Outbreaks, found_by_words
from phaodai.surveillance.registers.contacts import Contacts, Teams

__all__ = ["Cases", "Contacts", "Outbreaks", "Teams", "found_by_words"]
