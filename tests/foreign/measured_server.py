"""The Matrix server that measure.py measures, set up as docs/server.md says where it matters."""

import asyncio
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys

SECRET = "shared-with-the-measure-only"


class Server:
    def __init__(self, folder, database):
        self.folder = pathlib.Path(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        file = str(self.folder / "homeserver.db")
        self.database = database or {"name": "sqlite3", "args": {"database": file}}
        (self.folder / "homeserver.json").write_text(json.dumps(self.config()))
        (self.folder / "log.json").write_text(json.dumps(self.log()))

    def config(self):
        much = {"per_second": 100_000, "burst_count": 100_000}
        resources = [{"names": ["client"]}]
        return {
            "server_name": "fristed.test",
            "pid_file": str(self.folder / "pid"),
            "listeners": [
                {
                    "port": self.port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "tls": False,
                    "resources": resources,
                }
            ],
            "database": self.database,
            "media_store_path": str(self.folder / "media"),
            "signing_key_path": str(self.folder / "signing.key"),
            "log_config": str(self.folder / "log.json"),
            "registration_shared_secret": SECRET,
            "macaroon_secret_key": SECRET,
            "form_secret": SECRET,
            "bcrypt_rounds": 4,
            "federation_domain_whitelist": [],
            "trusted_key_servers": [],
            "report_stats": False,
            "presence": {"enabled": False},
            "push": {"enabled": False},
            "rc_message": much,
            "rc_room_creation": much,
            "rc_registration": much,
            "rc_joins": {"local": much, "remote": much},
            "rc_joins_per_room": much,
            "rc_media_create": much,
            "rc_login": {"address": much, "account": much, "failed_attempts": much},
            "rc_invites": {"per_room": much, "per_user": much, "per_issuer": much},
        }

    def log(self):
        file = {"class": "logging.FileHandler", "filename": str(self.folder / "log")}
        root = {"level": "WARNING", "handlers": ["file"]}
        return {"version": 1, "handlers": {"file": file}, "root": root}

    async def start(self, session):
        command = [sys.executable, "-m", "synapse.app.homeserver"]
        command += ["--config-path", str(self.folder / "homeserver.json")]
        subprocess.run([*command, "--generate-keys"], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        for _ in range(600):
            try:
                async with session.get(f"{self.url}/_matrix/client/versions") as answer:
                    if answer.status == 200:
                        return
            except OSError:
                await asyncio.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self):
        self.process.kill()
        self.process.wait()

    def database_bytes(self):
        if self.database["name"] == "sqlite3":
            file = self.database["args"]["database"]
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
                pages, free, size = (
                    reader.execute(f"PRAGMA {what}").fetchone()[0]
                    for what in ["page_count", "freelist_count", "page_size"]
                )
            return (pages - free) * size
        import psycopg2

        arguments = {k: v for k, v in self.database["args"].items() if not k.startswith("cp_")}
        with psycopg2.connect(**arguments) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]

    def media_bytes(self):
        media = self.folder / "media"
        return sum(each.stat().st_size for each in media.rglob("*") if each.is_file())

    def memory_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

    def processor_seconds(self):
        after_name = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1]
        user, system = after_name.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
