"""How far a backup or its return has come, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dauchan.project.progress import terminal_progress

if TYPE_CHECKING:
    from rich.progress import TaskID

#: Is told the step, and which part of it is done (0 to 1); None where that is not known.
Tell = Callable[[str, float | None], None]


@contextmanager
def telling() -> Iterator[Tell]:
    """Each step on a line of its own, with a bar where its length is known."""
    with terminal_progress() as progress:
        steps: dict[str, TaskID] = {}

        def tell(step: str, done: float | None) -> None:
            if step not in steps:
                for earlier in steps.values():
                    progress.update(earlier, total=1, completed=1)
                steps[step] = progress.add_task(step, total=None if done is None else 1)
            progress.update(steps[step], completed=done or 0)

        yield tell
        for step in steps.values():
            progress.update(step, total=1, completed=1)
