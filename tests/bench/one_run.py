"""Runs a command, its output thrown away, and prints what it took: seconds by the clock, seconds of processor, MiB at
its peak.

To the system the peak of a process is at least that of the process which started it. This one imports next to nothing
and takes less than any Python that does something.
"""

import os
import sys
import time

command = sys.argv[1:]
began = time.perf_counter()
child = os.posix_spawnp(
    command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
)
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
