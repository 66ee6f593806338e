"""The record kinds of this context."""

from phaodai.care.registers.patients import Ambulances, Patients

__all__ = ["Ambulances", "Patients"]
