"""The files in deploy/: the real nginx in front of the real server, and the units as systemd reads them."""

from __future__ import annotations

import datetime
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gongkai.reporting import limits
from gongkai.site.environment import SETTINGS
from tests.places import Place
from tests.site.served import Answer, serving
from tests.site_process import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "gongkai.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


class Front:
    """nginx, as a browser reaches it."""

    def __init__(self, plain: int, secure: int) -> None:
        self.plain, self.secure = plain, secure

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None, name: str = NAME, **headers: str
    ) -> Answer:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPConnection(name, timeout=60)
        raw = socket.create_connection(("127.0.0.1", self.secure), timeout=60)
        try:
            connection.sock = context.wrap_socket(raw, server_hostname=name)
            connection.request(method, path, body, {key.replace("_", "-"): value for key, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
        finally:
            connection.close()
            raw.close()


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[Front]:
    """The site's configuration with nothing changed but ports and folders."""
    assert NGINX
    folder.mkdir()
    certificate(folder)
    front = Front(free_port(), free_port())
    text = (DEPLOY / "nginx/gongkai.conf").read_text("utf-8")
    for old, new in (
        ("listen 80", f"listen 127.0.0.1:{front.plain}"),
        ("listen 443", f"listen 127.0.0.1:{front.secure}"),
        ("127.0.0.1:8000;", f"127.0.0.1:{upstream};"),
        ("/etc/gongkai/tls", str(folder)),
        ("/var/log/nginx", str(folder)),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "gongkai.conf").write_text(text)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} pid {folder}/pid; error_log {folder}/error.log; daemon off;"
        f"worker_processes 1; events {{}} http {{ include /etc/nginx/mime.types; {paths} include {folder}/gongkai.conf; }}"
    )
    command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", front.secure)) == 0:
                    break
            time.sleep(0.1)
        yield front
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_the_site_behind_nginx(place: Place, tmp_path: Path) -> None:
    place = place.with_settings(GONGKAI_HTTPS="1", GONGKAI_PROXIES="1", GONGKAI_HOSTS=NAME)
    with (
        serving(place, application="tests.site.recorder") as server,
        nginx(tmp_path / "nginx", server.port) as front,
    ):
        # A page, its headers, and that plain HTTP leads here.
        page = front.get("/")
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src" in page.headers["Content-Security-Policy"]
        assert re.fullmatch("[0-9a-f]{32}", page.headers["X-Request-ID"]), "nginx's number, to be found in both logs"
        assert page.headers["Server"] == "nginx"
        connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
        connection.request("GET", "/about/?a=1", headers={"Host": NAME})
        moved = connection.getresponse()
        assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/about/?a=1")
        connection.close()
        # Static files: the type, kept by browsers, compressed.
        address = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
        style = front.get(address)
        assert style.status == 200 and style.headers["Content-Type"].startswith("text/css")
        assert "max-age" in style.headers["Cache-Control"]
        assert front.get(address, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
        # The visitor is who he is, not who he says.
        seen = json.loads(front.get("/seen", X_Forwarded_For="9.9.9.9", X_Forwarded_Proto="http").text)
        assert seen == {"address": "127.0.0.1", "secure": True, "host": NAME}
        # Another name gets nothing; machines' addresses stay inside.
        with pytest.raises(ssl.SSLError):
            front.get("/", name="other.example")
        assert front.get("/healthz").status == 200
        assert front.get("/metrics").status == front.get("/readyz").status == 404
        assert server.get("/metrics").status == server.get("/readyz").status == 200
        # Large uploads pass, too large ones are stopped before they are sent.
        form = front.get("/report-check/")
        cookie = form.headers["Set-Cookie"].split(";")[0]
        token = cookie.split("=")[1]
        boundary = "x" * 20
        data = b"".join(
            (
                f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode(),
                f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'.encode(),
                b"x" * 20_000_000,
                f"\r\n--{boundary}--\r\n".encode(),
            )
        )
        headers = {
            "Content_Type": f"multipart/form-data; boundary={boundary}", "Cookie": cookie, "Referer": f"https://{NAME}/",
        }  # fmt: skip
        sent = front.get("/report-check/", "POST", data, **headers)
        assert sent.status == 302 and urlsplit(sent.headers["Location"]).path.startswith("/report-check/b/")
        assert front.get("/report-check/", "POST", b"", Content_Length="330000000").status == 413
        log = (tmp_path / "nginx/gongkai.log").read_text()
        assert page.headers["X-Request-ID"] in log


def test_nginx_takes_what_the_site_takes() -> None:
    found = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx/gongkai.conf").read_text())
    assert found and int(found[1]) * 1_000_000 > limits.MAX_TOTAL + limits.MAX_TEXT


def test_units_set_only_settings_that_exist() -> None:
    known = {setting.name for setting in SETTINGS}
    for unit in (DEPLOY / "systemd").iterdir():
        assert set(re.findall(r"[\s=](GONGKAI_[A-Z_]+)=", unit.read_text())) <= known, unit


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in (DEPLOY / "systemd").iterdir():
        text = (
            unit.read_text()
            .replace("/opt/gongkai/.venv/bin/", "/bin/true ")
            .replace("User=gongkai\nGroup=gongkai\n", "")
        )
        (tmp_path / unit.name).write_text(text)
    names = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "gongkai" in line]
    assert done.returncode == 0 and not complaints, done.stderr
