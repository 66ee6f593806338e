"""The nouns of this context."""

from phaodai.playbook.models.steps import Step

__all__ = ["Step"]
