"""What the door counts, in the text format of Prometheus."""

from collections import Counter

HELP = {
    "dauchan_door_requests_total": ("counter", "Requests answered by the door itself"),
    "dauchan_door_scans_total": ("counter", "Check-ins by what became of them"),
    "dauchan_door_check_outs_total": ("counter", "Check-outs by what became of them"),
    "dauchan_door_gate_scans_total": ("counter", "Scans handed in by gates, by what became of them"),
    "dauchan_door_attempts_total": ("counter", "Failed scans kept"),
    "dauchan_door_commits_total": ("counter", "Groups committed"),
    "dauchan_door_commit_seconds_total": ("counter", "Time spent committing"),
    "dauchan_door_forwarded_total": ("counter", "Requests forwarded to the console"),
    "dauchan_door_waiting": ("gauge", "Scans waiting to be committed"),
}


class Metrics:
    """Counters by name and labels; they start at zero with the process."""

    def __init__(self) -> None:
        self._values: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, labels: str = "", amount: float = 1) -> None:
        """Count; `labels` as they are written between the braces."""
        self._values[name, labels] += amount  # type: ignore[assignment]  # seconds are no whole numbers

    def text(self, waiting: int) -> bytes:
        """The page a Prometheus server reads."""
        values = {**self._values, ("dauchan_door_waiting", ""): waiting}
        lines = []
        for name, (kind, what) in HELP.items():
            lines += [f"# HELP {name} {what}.", f"# TYPE {name} {kind}"]
            found = sorted((labels, value) for (key, labels), value in values.items() if key == name)
            lines += [
                f"{name}{{{labels}}} {value:.15g}" if labels else f"{name} {value:.15g}" for labels, value in found
            ]
        return ("\n".join(lines) + "\n").encode()
