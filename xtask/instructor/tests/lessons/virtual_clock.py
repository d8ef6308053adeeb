"""Runs a program on a virtual clock: python3 virtual_clock.py PROGRAM

When nothing can run, the clock jumps to the next timer, as tokio's paused clock
does. Every printed line begins with the time at which it came, in seconds; the
last one, "(end)", tells when the program was over.
"""

import asyncio
import builtins
import runpy
import selectors
import sys
import time

now = 0.0


class JumpingSelector(selectors.SelectSelector):
    """Instead of waiting, moves the clock."""

    def select(self, timeout=None):
        global now
        ready = super().select(0)
        if not ready:
            if timeout is None:
                sys.exit("nothing can run, and no timer will change that")
            now = round(now + max(timeout, 0), 9)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(JumpingSelector())
        # as coarse as the clock above; on Windows, the real one is much coarser
        self._clock_resolution = 1e-9

    def time(self):
        return now


def timed_print(*words, print=builtins.print):
    print(f"{now:.3f}", *words)


# asyncio.run takes its loop from here, in all versions since 3.8
asyncio.events.new_event_loop = VirtualLoop
time.monotonic = time.perf_counter = time.time = lambda: now
builtins.print = timed_print

runpy.run_path(sys.argv[1], run_name="__main__")
print("(end)")
