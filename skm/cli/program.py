"""Run one command: every outcome is an exit code and, at most, one sentence on stderr."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from skm.cli.commands import parse
from skm.cli.terminal import use_utf8
from skm.pesan import SkmError, message

OK, SOME, REFUSED = 0, 1, 2
"""All well; done but not all (rejected rows, no method, a recap that differs); not done."""
BUG, DISK, INTERRUPTED, PIPE_CLOSED = 70, 74, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run `python -m skm` with its arguments and return the exit code."""
    use_utf8()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BaseException as error:
        return _explain(error)
    return code


def _run(argv: Sequence[str]) -> int:
    try:
        args = parse(argv)
    except SystemExit:  # argparse ends so after --help
        return OK
    code: int = args.run(args)
    return code


def _explain(error: BaseException) -> int:
    """Print the sentence for whatever ended the command; return its exit code."""
    try:
        code, sentence = _outcome(error)
    except Exception:  # the catalogue itself may be what is broken
        code, sentence = BUG, f"Maaf, program ini keliru dan berhenti ({_place(error)})."
    if code in (DISK, PIPE_CLOSED):
        _discard_stdout()
    if sentence:
        with suppress(OSError, ValueError):
            print(sentence, file=sys.stderr, flush=True)
    return code


def _outcome(error: BaseException) -> tuple[int, str]:
    match error:
        case SkmError():
            found = REFUSED, str(error)
        case KeyboardInterrupt():
            found = INTERRUPTED, message("dihentikan")
        case BrokenPipeError():
            found = PIPE_CLOSED, ""
        case OSError(errno=errno.ENOSPC):
            found = DISK, message("disk-penuh-keluaran")
        case OSError():
            detail = error.strerror or type(error).__name__
            found = DISK, message("keluaran-gagal", rincian=detail)
        case MemoryError():
            found = BUG, message("memori-habis")
        case ModuleNotFoundError(name=str(name)) if name.partition(".")[0] != "skm":
            found = REFUSED, message("pustaka-kurang", nama=name)
        case _:
            found = BUG, message("kesalahan-program", rincian=_place(error))
    return found


def _place(error: BaseException) -> str:
    """Return what and where, enough for the maintainer, without a traceback or any answers."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "skm" in Path(f.filename).parts] or frames
    name = type(error).__name__
    return f"{name}, {Path(own[-1].filename).name}:{own[-1].lineno}" if own else name


def _discard_stdout() -> None:
    """Point stdout at nothing: what is still in its buffer must not fail again at exit."""
    with suppress(OSError, ValueError, AttributeError):
        stdout = sys.stdout.fileno()
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stdout)
        os.close(sink)
