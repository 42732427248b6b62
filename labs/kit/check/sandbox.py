"""Run learner code in a child process with limits, and leave nothing of it behind.

The child is forked from a process without threads (the worker), which costs about a millisecond.
Limits are soft ones: a server that a check starts lifts them again, in its guard.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import uuid

from labs.kit.check import strays
from labs.kit.check.result import Result, Verdict
from labs.kit.check.runner import Interruptible, OutOfTime, default_seed, describe
from labs.kit.trouble import Trouble

MEMORY = 2 << 30
FILE = 64 << 20
GRACE = 1.0
"""Seconds between the alarm that an answer may see and the kill that it may not."""


def run_apart(exercise, seed, work, owner_gone=lambda: False):
    """Call `work()` in a child; its Result (or any JSON), or a verdict on how the child ended."""
    mark = uuid.uuid4().hex
    read, write = os.pipe()
    with scratch() as folder:
        child = os.fork()
        if child == 0:
            os.close(read)
            os.chdir(folder)
            be_the_child(write, mark, exercise.seconds, work)
        os.close(write)
        message = None
        try:
            message, ended = listen(read, child, exercise.seconds + GRACE, owner_gone)
        finally:
            os.close(read)
            end(child)
            strays.end(mark, looks=1 if message is not None else 20)
    if message is not None:
        return message
    return unanswered(exercise, default_seed(exercise.slug) if seed is None else seed, ended)


def scratch():
    """A folder for the answer, gone after it."""
    try:
        return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError as wrong:
        # Python tries each place where such folders may be, and says only that none will do.
        raise Trouble(
            f"No folder for temporary files can be written: {wrong.strerror}. "
            "Free some of the disk, or name another folder in `TMPDIR`."
        ) from None


def be_the_child(write, mark, seconds, work):
    """Never returns: the child must not run what the worker was about to do."""
    me = os.getpid()
    try:
        os.setpgid(0, 0)
        die_with_parent()
        os.environ[strays.MARK] = mark
        os.register_at_fork(after_in_child=lambda: os._exit(1))
        limit(seconds)
        silence(write)
        answer = json.dumps(work()).encode()
        stop_clocks()
    except OutOfTime:
        os._exit(OUT_OF_TIME)
    except BaseException as raised:
        import traceback

        said = {"broken": describe(raised), "trace": traceback.format_exc()}
        answer = json.dumps(said).encode()
    if os.getpid() == me:
        with os.fdopen(write, "wb") as pipe:
            pipe.write(len(answer).to_bytes(8, "big") + answer)
    os._exit(0)


OUT_OF_TIME = 75


def limit(seconds):
    """Clock and processor raise in the answer, so that the line is known; the rest is the kernel's.

    A tenth of the wall-clock limit is the processor's: a check that waits for servers is idle.
    """
    processor = max(0.2, seconds / 10)
    signal.signal(signal.SIGALRM, out_of(f"still running after {seconds:g} s"))
    signal.signal(signal.SIGPROF, out_of(f"still running after {processor:g} s of processor time"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    # Again and again: an answer that swallows the first is asked once more.
    signal.setitimer(signal.ITIMER_PROF, processor, 0.1)
    soft(resource.RLIMIT_CPU, int(processor) + 2)
    soft(resource.RLIMIT_FSIZE, FILE)
    soft(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        soft(resource.RLIMIT_AS, MEMORY)


def soft(kind, value):
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value if hard < 0 else min(value, hard), hard))


def stop_clocks():
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)


def out_of(words):
    def handle(number, frame):
        # What judges a first alarm must not be interrupted by the second.
        if Interruptible.now:
            raise OutOfTime(words)

    return handle


def die_with_parent():
    """On Linux the kernel ends the child with the worker; elsewhere its clocks do, later."""
    if PRCTL:
        PRCTL(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


# Found before any fork: the loader takes locks.
PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def silence(keep):
    """The answer's own writes to file descriptors go nowhere: the verdict has a pipe of its own."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def listen(read, child, seconds, owner_gone):
    """The child's message, or None and its exit status (None too when it had to be ended)."""
    deadline, received = time.monotonic() + seconds, b""
    while time.monotonic() < deadline and not owner_gone():
        if select.select([read], [], [], 0.05)[0]:
            chunk = os.read(read, 1 << 16)
            received += chunk
            if len(received) >= 8 and len(received) - 8 >= int.from_bytes(received[:8], "big"):
                return json.loads(received[8:]), None
            if chunk:
                continue
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return None, os.waitstatus_to_exitcode(status)
    return None, None


def end(child):
    """The child and its process group; it may be gone already."""
    for kill, number in ((os.killpg, child), (os.kill, child)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(number, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)


def unanswered(exercise, seed, ended):
    """The verdict on a child that said nothing, as JSON."""
    if ended is None or ended in (OUT_OF_TIME, -signal.SIGXCPU, -signal.SIGALRM):
        verdict, message = Verdict.TIMEOUT, f"still running after {exercise.seconds:g} s"
    elif ended < 0:
        verdict = Verdict.ERROR
        message = f"the answer ended its process with {signal.Signals(-ended).name}"
    else:
        verdict = Verdict.ERROR
        message = f"the answer ended its process with status {ended}, before it was judged"
    return Result(exercise.slug, verdict, seed, message=message).as_json()
