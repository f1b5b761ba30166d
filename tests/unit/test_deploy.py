"""The files of `deploy/` say what the documentation says, and fit the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.forms.imports import MAX_IMPORT

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs/deploy.md").read_text()


def test_the_guide_installs_files_that_are_there_and_all_of_them() -> None:
    for pattern in re.findall(r"deploy/[\w.*]+\.(?:\w+)", GUIDE):
        assert list(ROOT.glob(pattern)), pattern
    named = {
        path for pattern in re.findall(r"deploy/[\w.*-]+", GUIDE) for path in ROOT.glob(pattern)
    }
    assert {path for path in DEPLOY.iterdir() if path.is_file()} == {
        path for path in named if path.is_file()
    }


@pytest.mark.parametrize("name", ["counterclaim-backup.service", "counterclaim-backup.timer"])
def test_the_page_of_backups_shows_the_units_as_they_are(name: str) -> None:
    page = re.sub(r"^    ", "", (ROOT / "docs/backup.md").read_text(), flags=re.MULTILINE)
    assert (DEPLOY / name).read_text() in page


def test_every_variable_of_the_environment_file_is_in_the_page_of_settings() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    units = "".join(path.read_text() for path in DEPLOY.glob("*.service"))
    lines = (DEPLOY / "counterclaim.env").read_text() + "\n".join(
        re.findall(r"^Environment=(.+)$", units, re.MULTILINE)
    ).replace(" ", "\n")
    names = re.findall(r"^(?:# )?([A-Z_]+)=", lines, re.MULTILINE)
    assert names
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_units_start_what_is_there_in_the_same_places() -> None:
    socket = "unix:/run/counterclaim-{}/web.sock"
    nginx = (DEPLOY / "nginx.conf").read_text()
    web = (DEPLOY / "counterclaim-web@.service").read_text()
    assert socket.format("%i") in web
    for instance in re.findall(r"counterclaim-web@(\w)", GUIDE):
        assert f"server {socket.format(instance)} " in nginx
    for path in DEPLOY.glob("*.service"):
        unit = path.read_text()
        assert "WorkingDirectory=/srv/counterclaim\n" in unit
        assert "EnvironmentFile=/etc/counterclaim.env\n" in unit
        assert "User=counterclaim\n" in unit
    for page in re.findall(r"/(\d{3})\.html;", nginx):
        assert (DEPLOY / "pages" / f"{page}.html").is_file()


def test_nginx_passes_on_what_the_site_stands_on() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text()
    most = re.search(r"client_max_body_size (\d+)m;", nginx)
    assert most is not None
    assert int(most[1]) * 1024 * 1024 > MAX_IMPORT
    for line in (
        "proxy_set_header Host $host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",  # never what a client adds
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_buffering off;",
    ):
        assert line in nginx
