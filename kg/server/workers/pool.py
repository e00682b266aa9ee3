"""A pool of processes that run queries, with a queue in front of it.

Oxigraph cannot stop a query, so the process of a query that takes too long is killed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from kg.server.http.problems import Problem, translate_problem
from kg.server.settings import Limits

# Seconds that a process may take to start and open a store, besides the time of the job.
_START = 20
_log = logging.getLogger(__name__)
_RETRY = {"Retry-After": "5"}
# Seconds that a process may take to exit after it has closed its output.
_EXIT = 10
# The signals by which a process ends that cannot allocate memory: Rust aborts it, or its stack
# cannot grow. They are compared by name, because Windows does not have all of them.
_MEMORY_SIGNALS = frozenset({"SIGABRT", "SIGSEGV", "SIGBUS"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class JobResult:
    """The result of a job.

    Attributes:
        outcome: Its `status`, and further keys such as `message`, as the process wrote them.
        content: The content of the answer.
    """

    outcome: Mapping[str, Any]
    content: bytes


def job_problem(result: JobResult) -> Problem:
    """Return the error response for a job that failed."""
    status = result.outcome["status"]
    if status == "wrong":
        message = str(result.outcome["message"])
        is_quoted = message.startswith("SPARQL syntax error")
        return Problem(400, f"{message}.", zh=translate_problem(message), is_quoted=is_quoted)
    if status == "busy":
        zh = "图谱正在重新生成，请稍后再试。"
        return Problem(503, "The graph is being rebuilt; try again in a while.", _RETRY, zh=zh)
    if status == "memory":
        return _out_of_memory()
    _log.error("a job failed: %s", result.outcome.get("message"))
    return Problem(500, "This could not be answered.", zh="未能得出结果。")


def _out_of_memory() -> Problem:
    return Problem(
        503,
        "This needs more memory than is allowed; narrow it down.",
        zh="内存不足，无法完成，请缩小范围。",
    )


def _process_ended() -> Problem:
    return Problem(
        503,
        "The process that worked on this has ended; try again in a while, or narrow it down.",
        _RETRY,
        zh="处理此请求的进程已意外终止，请稍后再试，或缩小范围。",
    )


def _is_out_of_memory(status: int | None) -> bool:
    """Return whether a process with an exit status could probably not allocate memory."""
    return status is not None and status < 0 and signal.Signals(-status).name in _MEMORY_SIGNALS


class Worker:
    """A process that runs one job after the other; it is started for the first job."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, job: Mapping[str, Any], seconds: float) -> JobResult:
        """Run a job; if it takes too long or is cancelled, the process is killed.

        Raises:
            Problem: It took too long, or the process ended, for example because of its memory.
        """
        try:
            await self.start()
            async with asyncio.timeout(seconds):
                return await self._send({**job, "seconds": seconds})
        except TimeoutError:
            await self.end()
            raise Problem(
                503,
                f"This takes longer than {seconds:g} seconds; narrow it down, or add a LIMIT.",
                zh=f"超过 {seconds:g} 秒仍未完成，请缩小范围，或在查询中加上 LIMIT。",
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            status = await self._exit_status()
            _log.error("a worker process ended with exit status %s", status)
            raise (_out_of_memory() if _is_out_of_memory(status) else _process_ended()) from None
        except BaseException:
            await self.end()
            raise

    async def start(self) -> None:
        """Start the process if it is not running."""
        if self._process and self._process.returncode is None:
            return
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "kg.server.workers.process"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # Ctrl-C is for the server, which lets running jobs finish.
            start_new_session=True,
        )
        assert self._process.stderr
        self._relay = asyncio.create_task(log_lines(self._process.stderr))

    async def end(self) -> None:
        """Kill the process."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _exit_status(self) -> int | None:
        """Wait for a process that ends by itself and return its exit status.

        It is only killed after a while: asyncio loses the exit status of a process that has ended
        if a signal is sent to it.
        """
        process = self._process
        assert process
        try:
            async with asyncio.timeout(_EXIT):
                await process.wait()
        except TimeoutError:
            _log.error("a worker process closed its output but did not exit")
        finally:
            await self.end()
        return process.returncode

    async def _send(self, job: Mapping[str, Any]) -> JobResult:
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        await self._process.stdin.drain()
        line = await self._process.stdout.readline()
        if not line:
            raise ConnectionError
        outcome = json.loads(line)
        return JobResult(outcome, await self._process.stdout.readexactly(outcome["size"]))


async def log_lines(stream: asyncio.StreamReader) -> None:
    """Log what a process writes to its standard error, such as panics of Oxigraph."""
    while True:
        try:
            line = await stream.readline()
        except ValueError:
            # The stream drops a line that is longer than its buffer.
            line = b"(a line that was too long to log)"
        if not line:
            return
        _log.error("worker: %s", line.decode(errors="replace").rstrip())


class _Queue:
    """Jobs that wait for their turn: how many wait, and how many may run at a time."""

    def __init__(self, turns: int = 1) -> None:
        self.waiting = 0
        self.turns = asyncio.Semaphore(turns)


class WorkerPool:
    """A pool of worker processes.

    If there are several, one client never uses all of them: its further jobs wait for its own.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = [Worker() for _ in range(limits.workers)]
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        for worker in self._all:
            self._free.put_nowait(worker)
        self._queue = _Queue()
        # A client's queue is dropped when none of its jobs waits or runs.
        self._of_client: WeakValueDictionary[str, _Queue] = WeakValueDictionary()

    async def start(self) -> None:
        """Start the processes, so that the first query need not wait for them."""
        for worker in self._all:
            await worker.start()

    async def end(self) -> None:
        """Kill the processes."""
        for worker in self._all:
            await worker.end()

    async def run(self, job: Mapping[str, Any], client: str) -> JobResult:
        """Run a job as soon as its client has a turn and a process is free.

        Args:
            job: The job, as `kg.server.workers.process` reads it.
            client: IP address of the client.

        Raises:
            Problem: Too many jobs wait already, or the job takes too much time or memory.
        """
        own = self._of_client.setdefault(client, _Queue(max(1, self._limits.workers - 1)))
        await self._wait(own, own.turns.acquire)
        try:
            worker = await self._wait(self._queue, self._free.get)
            try:
                return await worker.run(job, self._limits.seconds)
            finally:
                self._free.put_nowait(worker)
        finally:
            own.turns.release()

    async def _wait(self, queue: _Queue, turn: Callable[[], Awaitable[_T]]) -> _T:
        if queue.waiting >= self._limits.waiting:
            zh = "排队的查询过多，请稍后再试。"
            raise Problem(503, "Too many queries are waiting; try again in a while.", _RETRY, zh=zh)
        queue.waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds + _START):
                return await turn()
        except TimeoutError:
            zh = "其他查询耗时较长，请稍后再试。"
            raise Problem(
                503, "Other queries take too long; try again in a while.", _RETRY, zh=zh
            ) from None
        finally:
            queue.waiting -= 1
