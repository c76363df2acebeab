"""Whether a library that the program runs on has a known vulnerability.

Ends with 1 where one has. Where the advisories cannot be read, that is printed and the check goes
on: pip-audit itself would say "No known vulnerabilities found" although it looked up none.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LIMIT_S = 240
REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"


def verdict(report: dict[str, Any]) -> tuple[int, str]:
    """Return the exit code and what to print about a report of pip-audit (--format json)."""
    looked_up = [d for d in report["dependencies"] if "vulns" in d]
    unknown = len(report["dependencies"]) - len(looked_up)
    found = [
        f"{d['name']} {d['version']}: {v['id']}, fixed in {', '.join(v['fix_versions']) or 'none'}"
        for d in looked_up
        for v in d["vulns"]
    ]
    if found:
        return 1, "\n".join(found)
    if not looked_up:
        return 0, "advisories not reachable: nothing was looked up"
    rest = f"; {unknown} not known there" if unknown else ""
    return 0, f"{len(looked_up)} libraries looked up, no known vulnerability{rest}"


def main() -> int:
    """Run pip-audit against requirements.txt and print what it found."""
    command = ("pip_audit", "-r", str(REQUIREMENTS), "--format", "json", "--desc", "off")
    quiet = ("--progress-spinner", "off")
    try:
        done = subprocess.run(
            [sys.executable, "-m", *command, *quiet],
            capture_output=True, text=True, timeout=LIMIT_S, check=False,
        )  # fmt: skip
        code, told = verdict(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        code, told = 0, f"advisories not reachable within {LIMIT_S} seconds"
    except json.JSONDecodeError:
        last = done.stderr.strip().splitlines()[-1:] or ["no word"]
        code, told = 0, f"advisories not reachable: {last[0]}"
    print(told)
    return code


if __name__ == "__main__":
    sys.exit(main())
