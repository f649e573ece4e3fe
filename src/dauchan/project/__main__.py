"""`python -m dauchan.project` is the command `dauchan`."""

from dauchan.project.commands import main

main()
