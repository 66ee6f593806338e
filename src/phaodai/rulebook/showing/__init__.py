"""The law in words and components: values, conditions, periods, decisions with their reasons."""

from phaodai.rulebook.showing.decisions import outcome_of, reason_of

__all__ = ["outcome_of", "reason_of"]
