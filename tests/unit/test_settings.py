"""Settings that cannot be right stop the start; those that are, say what the browser may load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGES = (
    "from django.conf import settings;"
    "print(*settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
)


def started(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", IMAGES],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "annotator.settings", "COUNTERCLAIM_DATA": str(tmp_path)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("server", "images"),
    [
        ("", "'self' data:"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "'self' data: https://tiles.example.org"),
        ("https://{s}.example.org:81/{z}/{y}/{x}", "'self' data: https://*.example.org:81"),
    ],
)
def test_images_come_from_here_and_from_the_server_of_tiles(
    tmp_path: Path, server: str, images: str
) -> None:
    assert started(tmp_path, MAP_TILES=server).stdout.strip() == images


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAP_TILES", "https://tiles.example.org/"),
        ("MAP_TILES", "tiles/{z}/{x}/{y}.png"),
        ("API_RATE", "often"),
        ("API_TOKEN_DAYS", "0"),
        ("INVITATION_DAYS", "0"),
        ("OIDC_ISSUER", "http://login.example.org"),
        ("OIDC_ISSUER", "https://login.example.org"),
        ("PROXIES", "-1"),
        ("EMAIL_URL", "mail.example.org"),
        ("COUNTERCLAIM_SCHEME", "ftp"),
        ("DATABASE_URL", "mysql://somewhere/else"),
    ],
)
def test_a_value_that_cannot_be_right_stops_the_start(
    tmp_path: Path, name: str, value: str
) -> None:
    stopped = started(tmp_path, **{name: value})
    assert stopped.returncode != 0
    assert f"ImproperlyConfigured: {name}" in stopped.stderr


OF_TESTS = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")


def test_a_site_as_a_team_deploys_it_has_nothing_to_be_warned_of(tmp_path: Path) -> None:
    asked = ["manage.py", *"check --deploy --fail-level WARNING".split()]
    told = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-W", "error", *asked],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in OF_TESTS}
        | {
            "COUNTERCLAIM_DATA": str(tmp_path),
            "COUNTERCLAIM_SCHEME": "https",
            "ALLOWED_HOSTS": "desk.example.org",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout
