"""A process that prints one receipt at a real desk, to be killed by the printer or after drawing.

Called with the desk's folder, the number, and `hand` or `draw`; says `done` only at its end.
"""

import os
import signal
import sys
from pathlib import Path

from reliefdesk.services import print_jobs, printing
from reliefdesk.services.printing import PrintWish
from reliefdesk.services.receipts import ReceiptForm
from tests.services.counter import say, sign_in
from ui.counter.paper import paper_of

MINUTES = 300


def main(folder: Path, number: str, act: str) -> None:
    """Draw the receipt, and hand it over unless the process ends before."""
    context = sign_in(folder, MINUTES).context()
    pdf = print_jobs.draw(context, number, ReceiptForm.A5).result
    if act == "draw":
        os.kill(os.getpid(), signal.SIGKILL)
    paper = paper_of(pdf, title=number, form=ReceiptForm.A5)
    printing.print_paper(context, PrintWish(printer="前台", media=paper.media), paper)
    say("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
