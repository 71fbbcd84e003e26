"""Files checked by a ClamAV daemon, where one is configured (clamd's INSTREAM command)."""

import socket
import struct
from contextlib import closing

from hall.content.errors import HallError

TIMEOUT_SECONDS = 30.0
_CHUNK_BYTES = 1 << 16
_UNREACHABLE = "暂时不能检查文件有没有病毒，请过一会儿再传。"


def scan(content: bytes, address: str, timeout: float = TIMEOUT_SECONDS) -> str | None:
    """The name of what clamd found in the content, None when it is clean.

    `address` is `host:port` or the path of a Unix socket. HallError when clamd doesn't answer: a file that couldn't
    be checked is not taken.
    """
    try:
        with closing(_connect(address, timeout)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK_BYTES):
                chunk = content[start : start + _CHUNK_BYTES]
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
            reply = _reply(line)
    except OSError as error:
        raise HallError(_UNREACHABLE) from error
    if reply == "stream: OK":
        return None
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise HallError(_UNREACHABLE)


def _connect(address: str, timeout: float) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(timeout)
    line.connect(address)
    return line


def _reply(line: socket.socket) -> str:
    """Everything up to the zero byte or the end."""
    received = b""
    while b"\0" not in received and (more := line.recv(4096)):
        received += more
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()
