"""The seven signs."""

from enum import StrEnum


class SignKind(StrEnum):
    """What screening finds; a sign is no finding, somebody has to go and look."""

    SILENT = "silent"
    FALLEN = "fallen"
    UNDERUSED = "underused"
    MISPLACED = "misplaced"
    UNREADABLE = "unreadable"
    DESK_SCANNED = "desk_scanned"
    DUPLICATED = "duplicated"
