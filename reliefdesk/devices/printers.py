"""Printers of this machine with named states, and handing a finished PDF to one (CUPS).

A machine without printers or without CUPS has an empty list, never a failure; what goes wrong has
a name. The file itself is handed over, so that paper equals preview.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reliefdesk.domain.terms import Term
from reliefdesk.errors import SurroundingsError
from reliefdesk.paths import environment

_PATIENCE = 10.0
"""Seconds to wait for the spooler, which answers at once or hangs on a dead network printer."""
_PRINTER = re.compile(r"^printer (\S+) (.*)$")
_DEFAULT = re.compile(r"^system default destination: (\S+)$", re.MULTILINE)
_CHOICES = re.compile(r"^(PageSize|Duplex|sides|media)(?:/[^:]*)?: (.*)$", re.MULTILINE)
_REQUEST = re.compile(r"^request id is (\S+)", re.MULTILINE)


class PrinterState(Term):
    """What a printer says of itself."""

    IDLE = "idle", "空闲"
    PRINTING = "printing", "正在打印"
    NO_PAPER = "no_paper", "缺纸"
    JAM = "jam", "卡纸"
    OPEN = "open", "盖板打开"
    NO_TONER = "no_toner", "缺墨粉"
    OFFLINE = "offline", "脱机"
    STOPPED = "stopped", "已停用"
    UNKNOWN = "unknown", "状态不明"


class PaperMedia(Term):
    """The papers our forms are made for; the code is what CUPS calls them."""

    A5 = "A5", "A5"
    A4 = "A4", "A4"
    A3 = "A3", "A3"
    # Width of the fanfold paper and a third of its 11 inches, in points.
    FANFOLD_241 = "Custom.683.15x264", "241 毫米三等分连续纸"


class Sides(Term):
    """On which sides of a sheet pages go; the code is what CUPS calls it."""

    ONE = "one-sided", "单面"
    LONG_EDGE = "two-sided-long-edge", "双面，长边翻页"
    SHORT_EDGE = "two-sided-short-edge", "双面，短边翻页"


class JobFate(Term):
    """Where a job is that was handed over."""

    QUEUED = "queued", "排队中"
    DONE = "done", "已打完"
    UNKNOWN = "unknown", "查不到"


# The first match wins: a printer that is out of paper is also stopped.
_ALERTS = (
    (re.compile(r"media-empty|media-needed|out of paper|tray-missing"), PrinterState.NO_PAPER),
    (re.compile(r"media-jam|paper jam"), PrinterState.JAM),
    (re.compile(r"cover-open|door-open|interlock-open"), PrinterState.OPEN),
    (re.compile(r"toner-empty|marker-supply-empty"), PrinterState.NO_TONER),
    (re.compile(r"offline|not responding|unreachable|connecting-to-device|timed-out|not connected"),
     PrinterState.OFFLINE),
)  # fmt: skip
_READY = frozenset({PrinterState.IDLE, PrinterState.PRINTING, PrinterState.UNKNOWN})


class NoPrinterError(SurroundingsError):
    """This machine has no printer; preview and saving the PDF work all the same."""

    code: ClassVar[str] = "printers.none"


class PrinterUnknownError(SurroundingsError):
    """The chosen printer is not there any more. Facts: printer."""

    code: ClassVar[str] = "printers.unknown"


class PrinterNotReadyError(SurroundingsError):
    """The printer says that it cannot print now. Facts: printer, state."""

    code: ClassVar[str] = "printers.not_ready"


class PrintRefusedError(SurroundingsError):
    """The spooler did not take the job. Facts: printer."""

    code: ClassVar[str] = "printers.refused"


class SpoolerSilentError(SurroundingsError):
    """The spooler did not answer in time. Facts: seconds."""

    code: ClassVar[str] = "printers.silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """One printer, its state now, and whether it is the machine's usual one."""

    name: str
    state: PrinterState
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterAbilities:
    """What a printer says it can do; one that says nothing of its papers takes every one."""

    media: tuple[PaperMedia, ...] = tuple(PaperMedia)
    sides: tuple[Sides, ...] = (Sides.ONE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A finished PDF and its paper; `title` shows in the queue, so it never names a person.

    `is_fitted`: the page is made larger or smaller for another paper than its own.
    """

    pdf: bytes
    title: str
    media: PaperMedia
    copies: int = 1
    sides: Sides = Sides.ONE
    is_fitted: bool = False


class Spooler:
    """The CUPS commands `lpstat`, `lpoptions` and `lp`, found in `folder` or on the search path."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = None if folder is None else str(folder)

    @property
    def is_here(self) -> bool:
        """Whether this machine can be handed a PDF at all; Windows has no `lp`."""
        return shutil.which("lp", path=self._folder) is not None

    def printers(self) -> tuple[Printer, ...]:
        """All printers by name; empty without printers or CUPS. Raises SpoolerSilentError."""
        listed = self._run("lpstat", ["-l", "-p"])
        if listed is None or not listed.stdout:
            return ()
        usual = self._run("lpstat", ["-d"])
        found = _DEFAULT.search("" if usual is None else usual.stdout.decode("utf-8", "replace"))
        return read_printers(
            listed.stdout.decode("utf-8", "replace"), usual=found[1] if found else ""
        )

    def print_pdf(self, printer: str, job: PrintJob) -> str:
        """Hand the file over; the job's name in the queue.

        Raises NoPrinterError, PrinterUnknownError, PrinterNotReadyError, PrintRefusedError,
        SpoolerSilentError.
        """
        known = {each.name: each for each in self.printers()}
        if not known:
            raise NoPrinterError
        if printer not in known:
            raise PrinterUnknownError(printer=printer)
        if known[printer].state not in _READY:
            raise PrinterNotReadyError(printer=printer, state=known[printer].state)
        told = {
            "media": job.media.value,
            "sides": job.sides.value,
            "print-scaling": "fit" if job.is_fitted else "none",
        }
        options = [part for name, value in told.items() for part in ("-o", f"{name}={value}")]
        copies = ["-n", str(job.copies)]
        arguments = ["-d", printer, "-t", job.title, *options, *copies, "--", "-"]
        done = self._run("lp", arguments, job.pdf)
        if done is None or done.returncode != 0:
            raise PrintRefusedError(printer=printer)
        request = _REQUEST.search(done.stdout.decode("utf-8", "replace"))
        return request[1] if request else ""

    def abilities(self, printer: str) -> PrinterAbilities:
        """What the printer's driver offers. Raises SpoolerSilentError."""
        told = self._run("lpoptions", ["-p", printer, "-l"])
        return read_abilities("" if told is None else told.stdout.decode("utf-8", "replace"))

    def fate(self, job: str) -> JobFate:
        """Where a job of this name is, as long as the spooler remembers it."""
        for which, fate in (("not-completed", JobFate.QUEUED), ("completed", JobFate.DONE)):
            listed = self._run("lpstat", ["-W", which, "-o"])
            lines = [] if listed is None else listed.stdout.decode("utf-8", "replace").splitlines()
            if any(line.split(maxsplit=1)[:1] == [job] for line in lines):
                return fate
        return JobFate.UNKNOWN

    def _run(
        self, command: str, arguments: Sequence[str], given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes] | None:
        """The command's outcome, or None where this machine does not have it."""
        found = shutil.which(command, path=self._folder)
        if found is None:
            return None
        try:
            return subprocess.run(  # noqa: S603 - a list of arguments, no shell
                [found, *arguments],
                input=given,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
                # The answers are read, so they must come in the plain language.
                env={**environment(), "LC_ALL": "C"},
            )
        except subprocess.TimeoutExpired as error:
            raise SpoolerSilentError(seconds=int(_PATIENCE)) from error
        except OSError:
            return None


def read_printers(listed: str, *, usual: str) -> tuple[Printer, ...]:
    """The printers in an answer of `lpstat -l -p`; unknown words give UNKNOWN, never an error."""
    heads: list[tuple[str, list[str]]] = []
    for line in listed.splitlines():
        match = _PRINTER.match(line)
        if match:
            heads.append((match[1], [match[2]]))
        elif heads:
            heads[-1][1].append(line)
    return tuple(
        Printer(name=name, state=_state(lines), is_default=name == usual)
        for name, lines in sorted(heads)
    )


def read_abilities(told: str) -> PrinterAbilities:
    """What an answer of `lpoptions -l` offers; unknown words are passed over."""
    offered = {
        name: [choice.removeprefix("*") for choice in choices.split()]
        for name, choices in _CHOICES.findall(told)
    }
    papers = offered.get("PageSize", []) + offered.get("media", [])
    custom = any(paper.startswith("Custom.") for paper in papers)
    media = tuple(
        each
        for each in PaperMedia
        if any(paper == each.value or paper.startswith(f"{each.value}.") for paper in papers)
        or (custom and each is PaperMedia.FANFOLD_241)
    )
    duplex, sides = offered.get("Duplex", []), offered.get("sides", [])
    if "DuplexNoTumble" in duplex or Sides.LONG_EDGE.value in sides:
        return PrinterAbilities(media=media or tuple(PaperMedia), sides=tuple(Sides))
    return PrinterAbilities(media=media or tuple(PaperMedia))


def _state(lines: Sequence[str]) -> PrinterState:
    told = "\n".join(lines).lower()
    for pattern, state in _ALERTS:
        if pattern.search(told):
            return state
    if lines[0].startswith("disabled"):
        return PrinterState.STOPPED
    if lines[0].startswith("now printing"):
        return PrinterState.PRINTING
    return PrinterState.IDLE if lines[0].startswith("is idle") else PrinterState.UNKNOWN
