"""What stops the program before it serves anybody.

CannotStart
"""


class CannotStart(Exception):
    """One sentence for the operator in English and the same in Vietnamese; the command prints both and exits with 1."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.english = english
        self.vietnamese = vietnamese

    def __str__(self) -> str:
        return f"{self.english}\n{self.vietnamese}"
