"""Run with: python3 -m unittest (in this folder; needs the package redis, but no server)."""

import json
import unittest
from decimal import Decimal

import strategy


def frame(seq, *messages):
    return b"\n".join([b'{"seq":%d,"n":%d}' % (seq, len(messages)), *(json.dumps(m).encode() for m in messages)])


class Journal:
    """As much of Redis as is asked for: the frames of one stream, by the number of their last message."""

    def __init__(self, *frames):
        self.entries = []
        for each in frames:
            header, _ = strategy.split(each)
            self.entries.append((header["seq"] + header["n"] - 1, each))

    def xrange(self, key, min, count):
        wanted = int(min.split("-")[0])
        return [(last, {b"f": each}) for last, each in self.entries if last >= wanted][:count]


class TicksTest(unittest.TestCase):
    def seen(self, ticks, *frames):
        return [message for each in frames for message in ticks.arrived("3", each)]

    def test_begins_with_what_is_published_first(self):
        ticks = strategy.Ticks(Journal(frame(1, "a"), frame(2, "b")), "pt:")
        self.assertEqual(["b"], self.seen(ticks, frame(2, "b")))

    def test_fills_a_hole_from_the_journal_in_order_and_each_once(self):
        frames = [frame(1, "a"), frame(2, "b", "c"), frame(4, "d"), frame(5, "e")]
        ticks = strategy.Ticks(Journal(*frames), "pt:")
        self.assertEqual(["a", "b", "c", "d", "e"], self.seen(ticks, frames[0], frames[3], frames[3]))

    def test_takes_from_a_frame_only_what_has_not_been_seen(self):
        ticks = strategy.Ticks(Journal(), "pt:")
        self.assertEqual(["a", "b", "c"], self.seen(ticks, frame(1, "a", "b"), frame(1, "a", "b", "c")))


class AboveAverageTest(unittest.TestCase):
    def test_long_above_the_band_flat_below_silent_between(self):
        rule = strategy.AboveAverage(window=2, band_bps=100)
        said = [rule.on_trade(Decimal(price)) for price in ("100", "100", "110", "110", "111", "90")]
        self.assertEqual([None, None, "long", None, None, "flat"], [each and each[0] for each in said])


if __name__ == "__main__":
    unittest.main()
