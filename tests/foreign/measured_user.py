"""A user of measure.py: real keys and signatures, so that the server keeps what it would keep."""

import hashlib
import hmac
import os

from signedjson.key import encode_verify_key_base64, generate_signing_key, get_verify_key
from signedjson.sign import sign_json
from unpaddedbase64 import encode_base64

from measured_server import SECRET

CLIENT = "/_matrix/client/v3"


class User:
    def __init__(self, server, session, name):
        self.server, self.session, self.name = server, session, name
        self.id = f"@{name}:fristed.test"
        self.device = self.token = self.position = None
        self.sent, self.fetched = 0, {}

    async def asks(self, method, path, **options):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = self.server.url + path
        async with self.session.request(method, url, headers=headers, **options) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            return await answer.json()

    async def sign_up(self):
        path = "/_synapse/admin/v1/register"
        nonce = (await self.asks("GET", path))["nonce"]
        signed = "\0".join([nonce, self.name, "password", "notadmin"]).encode()
        mac = hmac.new(SECRET.encode(), signed, hashlib.sha1).hexdigest()
        wish = {"nonce": nonce, "username": self.name, "password": "password", "mac": mac}
        account = await self.asks("POST", path, json={**wish, "admin": False})
        self.device, self.token = account["device_id"], account["access_token"]
        await self.publishes_keys()

    async def publishes_keys(self):
        own = generate_signing_key(self.device)
        device = {
            "user_id": self.id,
            "device_id": self.device,
            "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
            "keys": {
                f"ed25519:{self.device}": encode_verify_key_base64(get_verify_key(own)),
                f"curve25519:{self.device}": encode_base64(os.urandom(32)),
            },
        }

        def once(n):
            key = sign_json({"key": encode_base64(os.urandom(32))}, self.id, own)
            return f"signed_curve25519:{n:06}", key

        await self.asks(
            "POST",
            f"{CLIENT}/keys/upload",
            json={
                "device_keys": sign_json(device, self.id, own),
                "one_time_keys": dict(once(n) for n in range(50)),
                "fallback_keys": dict([once(50)]),
            },
        )
        public = {}
        master = None
        for usage in ["master", "self_signing", "user_signing"]:
            key = generate_signing_key("x")
            shown = encode_verify_key_base64(get_verify_key(key))
            key.version = shown
            described = {"user_id": self.id, "usage": [usage], "keys": {f"ed25519:{shown}": shown}}
            master = master or key
            public[f"{usage}_key"] = sign_json(described, self.id, own if usage == "master" else master)
        await self.asks("POST", f"{CLIENT}/keys/device_signing/upload", json=public)

    async def creates(self, name, invited):
        encryption = {"algorithm": "m.megolm.v1.aes-sha2"}
        history = {"history_visibility": "joined"}
        wish = {
            "name": name,
            "invite": invited,
            "preset": "private_chat",
            "initial_state": [
                {"type": "m.room.encryption", "state_key": "", "content": encryption},
                {"type": "m.room.history_visibility", "state_key": "", "content": history},
            ],
        }
        return (await self.asks("POST", f"{CLIENT}/createRoom", json=wish))["room_id"]

    async def joins(self, room):
        await self.asks("POST", f"{CLIENT}/join/{room}", json={})

    async def sends(self, room, content):
        self.sent += 1
        path = f"{CLIENT}/rooms/{room}/send/m.room.encrypted/{self.sent}"
        await self.asks("PUT", path, json=content)

    async def leaves_key(self, other, text):
        self.sent += 1
        content = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "ciphertext": text}
        path = f"{CLIENT}/sendToDevice/m.room.encrypted/{self.sent}"
        await self.asks("PUT", path, json={"messages": {other.id: {other.device: content}}})

    async def uploads(self, content):
        await self.asks("POST", "/_matrix/media/v3/upload", data=content)

    async def syncs(self, wait=0):
        """A sliding sync as Fristed's: every room's newest events, keys and memberships."""
        room = {"timeline_limit": 20, "required_state": [["*", "*"]]}
        wish = {
            "conn_id": "measure",
            "lists": {"all": {"ranges": [[0, 99]], **room}},
            "extensions": {
                "to_device": {"enabled": True, **self.fetched},
                "e2ee": {"enabled": True},
            },
        }
        path = f"/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout={wait}"
        if self.position:
            path += f"&pos={self.position}"
        answer = await self.asks("POST", path, json=wish)
        self.position = answer["pos"]
        if to_device := answer["extensions"].get("to_device"):
            self.fetched = {"since": to_device["next_batch"]}
