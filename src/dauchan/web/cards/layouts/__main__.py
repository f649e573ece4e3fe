"""`python -m dauchan.web.cards.layouts`: a job as JSON on standard input, the PDF on standard output.

A process of its own gives its memory back when it ends, which a web server's worker would not.
"""

import json
import sys

from dauchan.web.cards.layouts import typeset

job = json.load(sys.stdin.buffer)
sys.stdout.buffer.write(typeset(job["sheet"], job["cards"], backs=job["backs"]))
