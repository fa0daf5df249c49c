"""Hold one contender: ``load FOLDER`` prepares it on that data, ``run K`` times K calls."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np


def main() -> None:
    place, function = sys.argv[1:]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    sys.stdout = sys.stderr
    call = None
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "load":
            call = None
            gc.collect()
            columns = {path.stem: np.fromfile(path) for path in Path(argument).glob("*.f8")}
            try:
                call = getattr(import_module(place), function)(**columns)
                answer = {}
            except ImportError as error:
                answer = {"absent": str(error)}
        else:
            gc.collect()
            runs = range(int(argument))
            wall, cpu = time.perf_counter(), time.process_time()
            for _ in runs:
                call()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            answer = {"wall": wall / len(runs), "cpu": cpu / len(runs)}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
