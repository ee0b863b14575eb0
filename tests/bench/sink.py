"""A mail server that takes everything and keeps nothing: python -m tests.bench.sink PORT"""

import signal
import sys

from aiosmtpd.controller import Controller


class TakeAll:
    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        return "250 Taken"


if __name__ == "__main__":
    controller = Controller(TakeAll(), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()
