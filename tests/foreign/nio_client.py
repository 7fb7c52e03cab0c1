"""A Matrix client by others that knows of no identities: matrix-nio, with the settings that it has
of itself. It answers the same lines as js_client.mjs; its keys are in a folder that goes with it.
"""

import asyncio
import json
import os
import sys
import tempfile

from nio import (
    AsyncClient,
    AsyncClientConfig,
    ErrorResponse,
    Event,
    MegolmEvent,
    RedactionEvent,
)

PATIENCE = 60


def good(response):
    """A response, unless it is an error."""
    if isinstance(response, ErrorResponse):
        raise RuntimeError(str(response))
    return response


class Client:
    def __init__(self, folder):
        self.folder = folder
        self.matrix = None
        self.changed = asyncio.Condition()
        self.events = {}

    async def login(self, url, user, password):
        config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
        self.matrix = AsyncClient(url, user, store_path=self.folder, config=config)
        account = good(await self.matrix.login(password, device_name="A client by others"))
        self.matrix.add_event_callback(self.keep, Event)
        await self.step(full_state=True)
        self.going = asyncio.create_task(self.go_on())
        return {"user": account.user_id, "device": account.device_id}

    async def keep(self, room, event):
        self.events.setdefault(room.room_id, {})[event.event_id] = event

    async def step(self, **options):
        good(await self.matrix.sync(timeout=2_000, **options))
        await self.matrix.send_to_device_messages()
        if self.matrix.should_upload_keys:
            good(await self.matrix.keys_upload())
        if self.matrix.should_query_keys:
            good(await self.matrix.keys_query())
        if self.matrix.should_claim_keys:
            good(await self.matrix.keys_claim(self.matrix.get_users_for_key_claiming()))
        async with self.changed:
            self.changed.notify_all()

    async def go_on(self):
        while True:
            await self.step()

    async def until(self, look, what):
        async def found():
            async with self.changed:
                while not (value := look()):
                    await self.changed.wait()
                return value

        waiting = asyncio.create_task(found())
        done, _ = await asyncio.wait(
            {waiting, self.going}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        if waiting in done:
            return waiting.result()
        waiting.cancel()
        if self.going in done:
            self.going.result()
        raise RuntimeError(f"there is no {what}")

    async def room(self, id):
        def look():
            room = self.matrix.rooms.get(id)
            return room if room and room.encrypted and room.members_synced else None

        await self.until(lambda: id in self.matrix.rooms, f"join of {id}")
        if not self.matrix.rooms[id].members_synced:
            good(await self.matrix.joined_members(id))
        return await self.until(look, f"encryption of {id}")

    async def create(self, name, invite=()):
        encryption = {"algorithm": "m.megolm.v1.aes-sha2"}
        history = {"history_visibility": "joined"}
        made = await self.matrix.room_create(
            name=name,
            invite=invite,
            initial_state=[
                {"type": "m.room.encryption", "state_key": "", "content": encryption},
                {"type": "m.room.history_visibility", "state_key": "", "content": history},
            ],
        )
        await self.room(good(made).room_id)
        return made.room_id

    async def invite(self, room, user):
        good(await self.matrix.room_invite(room, user))

    async def accept(self, room):
        await self.until(lambda: room in self.matrix.invited_rooms, f"invite of {room}")
        good(await self.matrix.join(room))
        await self.room(room)

    async def member(self, room, user, membership="join"):
        def look():
            there = self.matrix.rooms[room]
            if membership == "invite":
                return user in there.invited_users
            joined = user in there.users and user not in there.invited_users
            return joined == (membership == "join")

        await self.until(look, f"{membership} of {user}")

    async def leave(self, room):
        good(await self.matrix.room_leave(room))

    async def send(self, room, text="", content=None, type="m.room.message"):
        await self.room(room)
        content = content or {"msgtype": "m.text", "body": text}
        sent = await self.matrix.room_send(room, type, content, ignore_unverified_devices=True)
        return good(sent).event_id

    async def reply(self, room, event, text):
        relation = {
            "rel_type": "m.thread",
            "event_id": event,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": event},
        }
        content = {"msgtype": "m.text", "body": text, "m.relates_to": relation}
        return await self.send(room, content=content)

    async def edit(self, room, event, text):
        content = {
            "msgtype": "m.text",
            "body": f"* {text}",
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event},
        }
        return await self.send(room, content=content)

    async def redact(self, room, event):
        return good(await self.matrix.room_redact(room, event)).event_id

    async def read(self, room, event=None, readable=False, redacted=False, edited=False):
        def as_wanted():
            found = next((each for each in self.timeline(room) if each["id"] == event), None)
            return (
                found
                and not (readable and found["error"])
                and not (redacted and not found["redacted"])
                and not (edited and not found["edited"])
            )

        if event:
            await self.until(as_wanted, f"such an event {event}")
        return self.timeline(room)

    def timeline(self, room):
        """Every event, with what later ones make of it: nio leaves that to its caller."""
        shown = {}
        for event in self.events.get(room, {}).values():
            if isinstance(event, MegolmEvent):
                event = self.decrypted(event)
            content = event.source.get("content", {})
            shown[event.event_id] = {
                "id": event.event_id,
                "sender": event.sender,
                "type": event.source.get("type"),
                "content": content,
                "error": "no key" if isinstance(event, MegolmEvent) else None,
                "encrypted": isinstance(event, MegolmEvent) or event.decrypted,
                "edited": False,
                "redacted": "redacted_because" in event.source.get("unsigned", {}),
            }
            relation = content.get("m.relates_to", {})
            changed = shown.get(relation.get("event_id"))
            if isinstance(event, RedactionEvent) and event.redacts in shown:
                shown[event.redacts].update(redacted=True, content={}, error=None)
            elif relation.get("rel_type") == "m.replace" and changed:
                if changed["sender"] == event.sender and not changed["redacted"]:
                    changed.update(edited=True, content=content.get("m.new_content", {}))
        return list(shown.values())

    def decrypted(self, event):
        try:
            return self.matrix.decrypt_event(event)
        except Exception:
            return event


async def main():
    lines = asyncio.StreamReader(limit=2**26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        client = Client(folder)
        while line := await lines.readline():
            command = json.loads(line)
            name = command.pop("do")
            try:
                if name == "quit":
                    break
                answer = {"ok": await getattr(client, name)(**command)}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
    os._exit(0)


asyncio.run(main())
