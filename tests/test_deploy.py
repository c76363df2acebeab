"""What offices copy to their servers: complete, pinned, and with few rights."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from skm.settings import read_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict] = COMPOSE["services"]
NODES = [name for name in SERVICES if name.startswith("simpul-")]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "systemd" / "skm@.service").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx" / "skm.conf").read_text(encoding="utf-8")
EXACT = re.compile(r"[a-z0-9/._-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?")


def pairs(text: str) -> dict[str, list[str]]:
    """NAME=value lines, as systemd and environment files have them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z_]+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    lines = [line for line in joined.splitlines() if line and not line.startswith(("#", " "))]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


class TestImage:
    def test_a_pinned_base_and_every_library(self) -> None:
        steps = instructions()
        (base,) = [rest for word, rest in steps if word == "FROM"]
        assert EXACT.fullmatch(base), base
        (install,) = [rest for word, rest in steps if word == "RUN" and "pip install" in rest]
        assert "-r requirements.txt -r requirements-postgres.txt" in install

    def test_it_runs_as_nobody(self) -> None:
        words = [word for word, _ in instructions()]
        (user,) = [rest for word, rest in instructions() if word == "USER"]
        assert int(user.partition(":")[0]) >= 1000
        assert words.index("USER") < words.index("CMD")

    def test_it_is_watched_and_starts_the_program(self) -> None:
        steps = dict(instructions())
        assert "/sehat'" in steps["HEALTHCHECK"]
        assert steps["CMD"] == '["python", "app.py"]', "`streamlit run` would believe headers"

    def test_what_it_copies_exists_and_is_let_in(self) -> None:
        ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
        assert ignore[1] == "*", "nothing by itself: neither data nor secrets"
        copied = {
            source
            for word, rest in instructions()
            if word == "COPY"
            for source in rest.split()[:-1]
        }
        assert copied == {line[1:] for line in ignore if line.startswith("!")}
        assert all((ROOT / source).exists() for source in copied)


class TestCompose:
    def test_two_nodes_a_database_and_a_proxy(self) -> None:
        assert NODES == ["simpul-1", "simpul-2"]
        assert set(SERVICES) == {*NODES, "basisdata", "proxy"}
        assert (ROOT / "deploy" / SERVICES["simpul-1"]["build"]["context"]).resolve() == ROOT
        assert (ROOT / SERVICES["simpul-1"]["build"]["dockerfile"]).exists()

    @pytest.mark.parametrize("name", SERVICES)
    def test_pinned_with_few_rights_and_back_after_a_restart(self, name: str) -> None:
        service = SERVICES[name]
        assert EXACT.fullmatch(service["image"]), service["image"]
        assert int(service["user"].partition(":")[0]) > 0
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["restart"] == "unless-stopped"
        assert "privileged" not in service

    def test_each_is_watched_and_waits_for_the_others(self) -> None:
        assert "pg_isready" in SERVICES["basisdata"]["healthcheck"]["test"]
        assert "/sehat" in SERVICES["proxy"]["healthcheck"]["test"][-1]
        healthy = {"condition": "service_healthy"}
        assert SERVICES["proxy"]["depends_on"] == dict.fromkeys(NODES, healthy)
        for node in NODES:
            assert "healthcheck" not in SERVICES[node], "the image's own"
            assert SERVICES[node]["depends_on"] == {"basisdata": healthy}

    def test_only_the_proxy_is_reached_from_outside(self) -> None:
        assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["proxy"]
        assert COMPOSE["networks"]["dalam"] == {"internal": True}
        assert SERVICES["basisdata"]["networks"] == ["dalam"]
        assert set(SERVICES["proxy"]["networks"]) == {"depan"}

    def test_data_outlives_the_containers(self) -> None:
        named = set(COMPOSE["volumes"])
        assert SERVICES["basisdata"]["volumes"] == ["basisdata:/var/lib/postgresql/data"]
        for node in NODES:
            assert SERVICES[node]["read_only"] is True
            assert "data:/data" in SERVICES[node]["volumes"]
        assert named == {"basisdata", "data"}

    def test_the_nodes_trust_exactly_the_proxy_and_share_the_database(self) -> None:
        example = pairs((DEPLOY / "contoh.env").read_text(encoding="utf-8"))
        own = {"SKM_URL_PUBLIK": example["SKM_URL_PUBLIK"][0]}
        settings = [read_settings({**SERVICES[node]["environment"], **own}) for node in NODES]
        proxy = SERVICES["proxy"]["networks"]["depan"]["ipv4_address"]
        assert {str(s.proxies[0]) for s in settings} == {f"{proxy}/32"}
        assert {s.database_url for s in settings} == {"postgresql+psycopg://skm@basisdata:5432/skm"}
        assert [s.daily_copies for s in settings] == [True, False]

    def test_no_secret_stands_in_it_and_the_example_names_all(self) -> None:
        text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
        asked = set(re.findall(r"\$\{([A-Z_]+):\?", text))
        example = pairs((DEPLOY / "contoh.env").read_text(encoding="utf-8"))
        assert asked == set(example)
        assert example["SKM_SANDI_BASISDATA"] == [""]
        assert set(re.findall(r"\$\{([A-Z_]+)", text)) == asked

    def test_the_proxy_runs_the_file_that_is_tried(self) -> None:
        (mount,) = [v for v in SERVICES["proxy"]["volumes"] if "skm.conf" in v]
        assert (DEPLOY / mount.partition(":")[0]).resolve() == DEPLOY / "nginx" / "skm.conf"
        for node in NODES:
            assert NGINX.count(f"server {node}:8501 ") == 2
        assert "/etc/ssl/skm:ro" in " ".join(SERVICES["proxy"]["volumes"])


class TestNginx:
    def test_visits_are_written_down_nowhere(self) -> None:
        servers = NGINX.count("\nserver {")
        assert NGINX.count("access_log off;") == servers == 2
        assert re.findall(r"error_log \S+ (\w+);", NGINX) == ["crit"]

    def test_only_the_form_is_sent_twice(self) -> None:
        """`non_idempotent` lets nginx repeat a POST: that is for sheets, which have their id."""
        places = re.findall(r"location (?:= )?(\S+) \{(.*?)\n    \}", NGINX, re.DOTALL)
        rules = re.compile(r"^ +proxy_next_upstream ([^;]+);", re.MULTILINE)
        own = {place: rules.findall(body) for place, body in places}
        assert {place for place, found in own.items() if found} == {"/isi/"}
        assert own["/isi/"] == ["error timeout non_idempotent"]
        assert rules.findall(NGINX) == ["error timeout", "error timeout non_idempotent"]

    def test_what_a_visitor_writes_into_the_headers_is_dropped(self) -> None:
        assert re.search(r"X-Forwarded-For +\$remote_addr;", NGINX)
        assert re.search(r"X-Forwarded-Proto +\$scheme;", NGINX)
        assert "proxy_add_x_forwarded_for" not in NGINX


class TestSystemd:
    def test_a_user_of_its_own_and_one_folder(self) -> None:
        unit = pairs(UNIT)
        assert unit["DynamicUser"] == ["yes"]
        assert unit["StateDirectory"] == ["skm"]
        assert "SKM_DATA=/var/lib/skm" in unit["Environment"][0]
        for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
            assert unit[name] == ["yes"]
        assert unit["ProtectSystem"] == ["strict"]
        assert unit["CapabilityBoundingSet"] == [""]
        assert unit["Restart"] == ["always"]

    def test_systemd_finds_no_fault_and_little_exposure(self, tmp_path: Path) -> None:
        if shutil.which("systemd-analyze") is None:
            pytest.skip("no systemd on this machine")
        path = tmp_path / "skm@.service"
        text = UNIT.replace("/opt/skm/.venv/bin/python", sys.executable)
        path.write_text(text.replace("/opt/skm", str(ROOT)), encoding="utf-8")
        checked = subprocess.run(
            ["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")
        rated = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert rated.returncode == 0, rated.stdout

    def test_its_settings_are_settings(self) -> None:
        example = pairs((DEPLOY / "systemd" / "skm.env").read_text(encoding="utf-8"))
        settings = read_settings({name: values[0] for name, values in example.items()})
        assert settings.public_host == "skm.kota.go.id"
        assert [str(p) for p in settings.proxies] == ["127.0.0.1/32"]
        assert settings.only_this_machine, "the proxy is on the same machine"
        assert example["PGPASSWORD"] == [""]


def test_the_windows_service_starts_the_program_again() -> None:
    tree = ET.parse(DEPLOY / "windows" / "skm-layanan.xml").getroot()  # noqa: S314 - our own file
    assert (tree.findtext("arguments"), tree.findtext("workingdirectory")) == ("app.py", "C:\\skm")
    assert [e.get("action") for e in tree.findall("onfailure")] == ["restart", "restart"]
    environ = {e.get("name"): e.get("value") for e in tree.findall("env")}
    assert {name for name in environ if name.startswith("SKM_")} <= {"SKM_DATA", "SKM_PORT"}
    assert tree.findtext("serviceaccount/username") == "NT AUTHORITY\\LocalService"
