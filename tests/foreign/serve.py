"""Runs Matrix's server until its standard input ends, however the test that started it ended."""

import os
import threading
import time

from synapse.app.homeserver import main
from twisted.internet import reactor


def end_with_the_input() -> None:
    while os.read(0, 1024):
        pass
    reactor.callFromThread(reactor.stop)
    time.sleep(5)
    os._exit(1)


threading.Thread(target=end_with_the_input, daemon=True).start()
main()
