"""The two media relays as they are started: one that can record, and one that was never given the means."""

from __future__ import annotations

from locutorio.telephony.plane import LOOPBACK, Plane, Ports

# A call that nobody ends ends here: the longest that a decision can give, and a quarter of an hour.
_LONGEST_SECONDS = 7200 + 900


def monitored(plane: Plane) -> list[str]:
    """Give the command of the relay for calls that may be listened to; it records only when it is told to."""
    return [
        *_relay(plane, plane.monitored_control, plane.monitored_media),
        f"--recording-dir={plane.spool}",
        "--recording-method=pcap",
        "--recording-format=eth",
        f"--dtmf-log-dest={LOOPBACK}:{plane.digits}",
    ]


def private(plane: Plane) -> list[str]:
    """Give the command of the relay for all other calls: it has no word about recording at all."""
    return _relay(plane, plane.private_control, plane.private_media)


def _relay(plane: Plane, control: int, media: Ports) -> list[str]:
    return [
        "rtpengine",
        "--config-file=none",  # the file of the package turns recording on
        "--endpoint-learning=off",  # otherwise voice goes to whoever sends some
        "--foreground",
        "--log-stderr",
        "--log-level=4",
        "--table=-1",
        "--num-threads=2",
        "--timeout=60",
        "--silent-timeout=7200",
        "--offer-timeout=90",
        f"--final-timeout={_LONGEST_SECONDS}",
        "--delete-delay=0",
        f"--interface={plane.address}",
        f"--listen-ng={LOOPBACK}:{control}",
        f"--port-min={media[0]}",
        f"--port-max={media[1]}",
    ]
