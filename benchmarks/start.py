"""How long the command takes to say what it can do, against importing what it is written with."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
COMMAND = str(Path(sys.executable).parent / "workbench")


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> int:
    pairs = [(seconds([COMMAND, "--help"]), seconds([sys.executable, "-c", "import typer"])) for _ in range(RUNS + 1)][
        1:
    ]
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"workbench --help / import typer: {ratio:.2f} (limit 2), median of {RUNS} pairs")
    return int(ratio > 2)


if __name__ == "__main__":
    sys.exit(main())
