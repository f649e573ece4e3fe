"""pytest loads this before Django's settings: the environment of a test run (`-p dauchan.project.testing`).

Every test process has keys of its own and, unless DATABASE_URL is given, a database server of its own, which
tests/conftest.py starts when the first test asks for it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from dauchan.project.environment import OWNER_ROLE, embedded_url
from dauchan.project.keys import Keys, fresh_keys

# Set by the first process of a run, and inherited by those that pytest-xdist starts.
OWN_SERVER = "DAUCHAN_TEST_OWN_SERVER"


def set_environment() -> None:
    """Make a directory, keys and the address of a database for this process."""
    own_server = OWN_SERVER in os.environ or not os.environ.get("DATABASE_URL")
    var = Path(tempfile.mkdtemp(prefix="dauchan-test-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    keys = fresh_keys()
    os.environ.update(keys, DAUCHAN_ENV="test", DAUCHAN_VAR=str(var))
    if own_server:
        url = embedded_url(var / "run", OWNER_ROLE, Keys.read(keys))
        os.environ.update({OWN_SERVER: "yes", "DATABASE_URL": url})


set_environment()
