"""How long `import kg` and `kg --help` take beyond a bare interpreter's start.

usage: python -m benchmarks.startup [--times 15]

It prints the shortest of some runs of each, in turn, in seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

_COMMANDS = {
    "bare interpreter": ("-c", "pass"),
    "import kg": ("-c", "import kg"),
    "kg --help": ("-m", "kg.cli", "--help"),
}


def run_seconds(arguments: tuple[str, ...]) -> float:
    """Return how long a run of Python takes."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Run all in turn and print the shortest times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    found: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for _ in range(times):
        for name, arguments in _COMMANDS.items():
            found[name].append(run_seconds(arguments))
    bare = min(found["bare interpreter"])
    print("command | seconds | more than bare")
    for name, seconds in found.items():
        print(f"{name} | {min(seconds):.2f} | {min(seconds) - bare:.2f}")


if __name__ == "__main__":
    main()
