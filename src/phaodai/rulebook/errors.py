"""What the rulebook refuses. The message of each is one line that says what is wrong and how to mend it."""

from pathlib import Path

from phaodai.rulebook.words import Words


class Refusal(Exception):
    """Facts or a date that a rule does not accept; the message lists what it does accept.

    `words` say it in both languages where a person may meet it on a screen; the message is the English one.
    """

    def __init__(self, message: str | Words) -> None:
        self.words = Words(message, message) if isinstance(message, str) else message
        super().__init__(self.words.en)


class PackError(Exception):
    """A policy pack that contradicts itself or is incomplete; the message starts with `file:line:`."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")
        self.path = path
        self.line = line
