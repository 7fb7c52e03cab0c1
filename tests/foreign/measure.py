"""Measures what a network costs the Matrix server: the figures of docs/server.md.

Run it with the Python that `cargo xtask python` sets up, on a computer that does nothing else:

    TARGET/matrix/bin/python tests/foreign/measure.py [DATABASE]

DATABASE is Synapse's `database` section as JSON, for an empty PostgreSQL database; without it the
server keeps its database in SQLite. Everything else is made in a temporary folder and goes with it.
It asks only the server that it starts itself, a bounded number of times, and takes some minutes.
"""

import asyncio
import base64
import json
import os
import sys
import tempfile
import time

import aiohttp

from measured_server import Server
from measured_user import User

USERS, ROOMS, MEMBERS = 200, 20, 10
EVENTS, NOTES, FILES, IDLE = 2_000, 2_000, 20, 190
MEGABYTE = 1024 * 1024


def random_text(length):
    return base64.b64encode(os.urandom(length)).decode()[:length]


def encrypted(length):
    """An event as the server sees it: only how long it is can be told."""
    return {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_id": random_text(43),
        "ciphertext": random_text(length),
    }


async def at_once(how_many, acts):
    """Does all of these, so many at a time."""
    waiting = list(acts)

    async def one_after_another():
        while waiting:
            await waiting.pop()()

    await asyncio.gather(*(one_after_another() for _ in range(how_many)))


def show(name, value, unit):
    print(f"{name:<58} {value:>12,.1f} {unit}", flush=True)


class Measure:
    def __init__(self, server, session):
        self.server, self.session = server, session
        self.users, self.rooms = [], []

    async def grown(self, name, count, act, unit="bytes of database"):
        """By how much the database grows for each of so many."""
        before = self.server.database_bytes()
        processor, begun = self.server.processor_seconds(), time.monotonic()
        await act()
        took, worked = time.monotonic() - begun, self.server.processor_seconds() - processor
        show(f"{name}: size of one", (self.server.database_bytes() - before) / count, unit)
        show(f"{name}: a second", count / took, "")
        show(f"{name}: processor's time for one", worked / count * 1000, "ms")

    async def sign_up(self):
        self.users = [User(self.server, self.session, f"leader{n}") for n in range(USERS)]
        await at_once(4, [user.sign_up for user in self.users])

    async def meet(self):
        """Networks of ten, each of other members."""
        self.rooms = [await self.found(n) for n in range(ROOMS)]

    async def found(self, number):
        members = self.users[number * MEMBERS : (number + 1) * MEMBERS]
        first, *others = members
        room = await first.creates(f"Network {number}", [user.id for user in others])
        for user in others:
            await user.joins(room)
        return room

    async def send(self, length, count):
        def act(n):
            room = n % ROOMS
            user = self.users[room * MEMBERS + n // ROOMS % MEMBERS]
            return lambda: user.sends(self.rooms[room], encrypted(length))

        await at_once(8, [act(n) for n in range(count)])

    async def leave_keys(self):
        """Room keys for devices that are not there: what waits until it is fetched."""

        def act(n):
            return lambda: self.users[0].leaves_key(self.users[1 + n % 150], random_text(900))

        await at_once(8, [act(n) for n in range(NOTES)])

    async def upload(self):
        before = self.server.media_bytes()
        await self.grown(
            "file of 1 MB",
            FILES,
            lambda: at_once(
                2, [lambda: self.users[0].uploads(os.urandom(MEGABYTE)) for _ in range(FILES)]
            ),
        )
        show("file of 1 MB: on disk", (self.server.media_bytes() - before) / FILES, "bytes")

    async def sync(self):
        """First syncs, syncs that find nothing new, and connections that wait."""
        users = self.users[:IDLE]
        before = self.server.memory_bytes()
        await self.grown("first sync", IDLE, lambda: at_once(8, [user.syncs for user in users]))
        show("first sync: memory of one", (self.server.memory_bytes() - before) / IDLE, "bytes")
        # What waited for a device goes once the device says that it has it.
        await at_once(8, [user.syncs for user in users])

        async def again_and_again():
            for _ in range(5):
                await at_once(8, [user.syncs for user in users])

        await self.grown("sync without news", IDLE * 5, again_and_again)
        before = self.server.memory_bytes()
        waiting = [asyncio.create_task(user.syncs(20_000)) for user in users]
        await asyncio.sleep(5)
        waited = self.server.memory_bytes() - before
        if done := [task for task in waiting if task.done()]:
            raise RuntimeError(f"{len(done)} do not wait: {done[0]}")
        show("connection that waits: memory of one", waited / IDLE, "bytes")
        # What arrives for ten of those that wait.
        begun = time.monotonic()
        await self.users[0].sends(self.rooms[0], encrypted(2_000))
        await asyncio.gather(*waiting[:MEMBERS])
        show("from send to the last of ten who wait", (time.monotonic() - begun) * 1000, "ms")
        await asyncio.gather(*waiting)

    async def all(self):
        show("database when new", self.server.database_bytes(), "bytes")
        show("memory when new", self.server.memory_bytes() / MEGABYTE, "MB")
        await self.grown("user with one device and an identity", USERS, self.sign_up)
        await self.grown("network of ten", ROOMS, self.meet)
        for length, count in [(2_000, EVENTS), (10_000, EVENTS)]:
            await self.grown(
                f"event of {length} bytes",
                count,
                lambda length=length, count=count: self.send(length, count),
            )
        await self.grown("key that waits for a device", NOTES, self.leave_keys)
        await self.upload()
        await self.sync()
        show("memory at last", self.server.memory_bytes() / MEGABYTE, "MB")


async def main():
    database = json.loads(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="fristed-measure-") as folder:
        server = Server(folder, database)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            try:
                await server.start(session)
                await Measure(server, session).all()
            finally:
                server.stop()


asyncio.run(main())
