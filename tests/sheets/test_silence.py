"""What compiled code says on its own is kept off the screen; what we say is not."""

import subprocess
import sys

PROGRAM = """
import os, sys, threading
from schoollib_xl.sheets.opening.silence import native_silence

def panic(before, after):
    with native_silence():
        before.wait()
        os.write(2, b"panicked at src/lib.rs\\n")
        after.wait()

print("before", file=sys.stderr)
both, written = threading.Barrier(3), threading.Barrier(3)
threads = [threading.Thread(target=panic, args=(both, written)) for _ in range(2)]
for thread in threads:
    thread.start()
both.wait()
print("正在读 借阅登记账", file=sys.stderr)
written.wait()
for thread in threads:
    thread.join()
os.write(2, b"after\\n")
print("at the end", file=sys.stderr)
"""


def test_a_native_panic_is_not_seen_and_progress_is() -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM], capture_output=True, encoding="utf-8", check=True
    )
    assert ended.stderr.split("\n") == ["before", "正在读 借阅登记账", "after", "at the end", ""]


def test_without_a_stderr_reading_goes_on() -> None:
    program = "import os; os.close(2)\nfrom schoollib_xl.sheets.opening.silence import native_silence\n"
    program += "with native_silence(): print('read')"
    ended = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    assert ended.stdout == "read\n"
