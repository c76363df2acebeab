"""What the guides say exists: commands, settings, links, pictures."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "surveys" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^python -m skm (\S+)", re.MULTILINE)


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environ}
    return subprocess.run(
        [sys.executable, "-m", "skm", *words],
        cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=60,
    )  # fmt: skip


def commands() -> set[str]:
    """The commands that the help lists."""
    listing = run("--help").stdout.split("Perintah:")[1].split("Contoh:")[0]
    return set(re.findall(r"^    ([a-z-]+)(?:\s|$)", listing, re.MULTILINE))


def test_every_command_is_in_the_guide_and_the_other_way_round() -> None:
    guide = (ROOT / "docs/panduan/terminal.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)) == commands()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_shown_command_exists(page: Path) -> None:
    shown = set(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert shown <= commands() | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_setting_is_documented() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "skm").rglob("*.py"))
    guide = (ROOT / "docs/panduan/memasang.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bSKM_[A-Z_]+\b", source)) <= set(re.findall(r"SKM_[A-Z_]+", guide))


def readme_commands(tmp_path: Path) -> list[str]:
    """The README's commands in order; what they write goes to the test's own folder."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^python -m skm (.+)$", text, re.MULTILINE)
    return [
        re.sub(r"\b(laporan\.pdf|arsip\.zip)\b", lambda m: str(tmp_path / m[1]), line)
        for line in lines
    ]


@pytest.mark.lambat
def test_the_readmes_examples_print_the_published_figures(tmp_path: Path) -> None:
    lines = readme_commands(tmp_path)
    assert len(lines) == 7
    answers = [run(*line.split(), SKM_DATA=str(tmp_path / "data")) for line in lines]
    assert [a.returncode for a in answers] == [0] * 7
    assert all("93,86" in a.stdout for a in answers[:3])
    closed, _, _, verified = (a.stdout for a in answers[3:])
    assert "IKM 93,78 (A)" in closed
    assert "Sama: Semester II 2024, IKM 93,78 (A), 2.967 responden" in verified
