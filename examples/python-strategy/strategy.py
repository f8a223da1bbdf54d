#!/usr/bin/env python3
"""A strategy for Papertape in Python: long while an instrument trades above its recent average, flat below.

Reads market data from the bus, says what position it wants, and leaves the rest (orders, checks, fills) to the stack.
Needs the package redis (pip install redis, or Debian's python3-redis) and a running stack:

    eval "$(./papertape env)"
    python3 strategy.py --instruments 'SIM:*'

The first line puts the stack's address and password into STACK_REDIS_URL.
"""

import argparse
import collections
import fnmatch
import json
import os
import time
from decimal import Decimal

import redis


class Ticks:
    """The messages of all partitions of pt:ticks, each once and in order, whatever the subscription has missed.

    A frame is a line {"seq":1027,"n":2} and then n messages, a line each; seq is the number of the first one.
    Where the next frame does not begin with the expected number, the messages between are read from the journal.
    """

    def __init__(self, client, namespace):
        self.client = client
        self.namespace = namespace
        self.next = {}  # partition -> number of the next message

    def follow(self):
        """Yields messages as dictionaries, for ever; begins with what is published from now on."""
        while True:
            try:
                with self.client.pubsub(ignore_subscribe_messages=True) as subscription:
                    subscription.psubscribe(self.namespace + "ticks.*")
                    # what was published between two connections is in the journal
                    for partition in list(self.next):
                        yield from self.fill(partition)
                    for arrival in subscription.listen():
                        partition = arrival["channel"].decode().rpartition(".")[2]
                        yield from self.arrived(partition, arrival["data"])
            except redis.ConnectionError as problem:
                print(f"redis is away: {problem}", flush=True)
                time.sleep(1)

    def arrived(self, partition, frame):
        header, lines = split(frame)
        if header["seq"] > self.next.setdefault(partition, header["seq"]):
            yield from self.fill(partition)
        yield from self.take(partition, header, lines)

    def fill(self, partition):
        """Reads the journal to its end, from the frame that holds the next message."""
        journal = self.namespace + "journal:ticks." + partition
        while True:
            entries = self.client.xrange(journal, min=f"{self.next[partition]}-0", count=256)
            for _, fields in entries:
                header, lines = split(fields[b"f"])
                missing = header["seq"] - self.next[partition]
                if missing > 0:
                    print(f"{missing} messages of ticks.{partition} are no longer in the journal", flush=True)
                yield from self.take(partition, header, lines)
            if len(entries) < 256:
                return

    def take(self, partition, header, lines):
        """Yields what has not been seen yet of a frame."""
        seen = max(0, self.next[partition] - header["seq"])
        for line in lines[seen:]:
            yield json.loads(line)
        self.next[partition] = max(self.next[partition], header["seq"] + header["n"])


def split(frame):
    first, *lines = frame.split(b"\n")
    return json.loads(first), lines


class AboveAverage:
    """Long above the average of the last trades by more than the band, flat below it by more than the band."""

    def __init__(self, window, band_bps):
        self.prices = collections.deque(maxlen=window)
        self.band = Decimal(band_bps) / 10_000
        self.direction = None

    def on_trade(self, price):
        """The direction wanted and why, or None when nothing has changed."""
        self.prices.append(price)
        if len(self.prices) < self.prices.maxlen:
            return None
        average = sum(self.prices) / len(self.prices)
        wanted = self.direction
        if price > average * (1 + self.band):
            wanted = "long"
        elif price < average * (1 - self.band):
            wanted = "flat"
        if wanted == self.direction:
            return None
        self.direction = wanted
        return wanted, f"price={price} average={average:.4f}"


def signal(trade, account, direction, reason):
    """A signal in answer to a trade: it takes over the trade's time, and names it as its cause."""
    return {
        "type": "signal",
        "ts": trade["ts"],
        "cause": trade["id"],
        "origin": trade["origin"],
        "strategy": "python-average",
        "account": account,
        "instrument": trade["instrument"],
        "direction": direction,
        "strength": 1,
        "price": trade["price"],
        "reason": reason,
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--redis", help="default: STACK_REDIS_URL, which may hold a password, or redis://127.0.0.1:6379")
    arguments.add_argument("--namespace", default="pt:", help="the setting bus.namespace (default: %(default)s)")
    arguments.add_argument("--account", default="demo", help="default: %(default)s")
    arguments.add_argument("--instruments", default="*", help="a pattern, such as SIM:* (default: %(default)s)")
    arguments.add_argument("--window", type=int, default=20, help="trades averaged (default: %(default)s)")
    arguments.add_argument("--band-bps", type=int, default=2, help="basis points (default: %(default)s)")
    options = arguments.parse_args()

    client = redis.Redis.from_url(options.redis or os.environ.get("STACK_REDIS_URL", "redis://127.0.0.1:6379"))
    strategies = collections.defaultdict(lambda: AboveAverage(options.window, options.band_bps))
    for message in Ticks(client, options.namespace).follow():
        if message["type"] != "trade" or not fnmatch.fnmatchcase(message["instrument"], options.instruments):
            continue
        decision = strategies[message["instrument"]].on_trade(Decimal(message["price"]))
        if decision:
            text = json.dumps(signal(message, options.account, *decision))
            receivers = client.publish(options.namespace + "signals", text)
            print(text if receivers else f"nobody took {text}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
