"""The whole recipe, stage by stage: `python -m indexer.training --data FOLDER --out FOLDER`.

A stage whose result already lies in the out folder is not run again; training goes on from its checkpoint.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from indexer.training import examples, pairs, rivals, teacher, train, transplant, vocabulary
from indexer.training.recipe import StageArguments, stage_arguments
from indexer.training.sources import fingerprint

STAGES: dict[str, Callable[[StageArguments], None]] = {
    examples.EXAMPLES_FILE: examples.run,
    teacher.TEACHER_FILE: teacher.run,
    vocabulary.TOKENIZER_FILE: vocabulary.run,
    transplant.TRANSPLANT_FOLDER: transplant.run,
    pairs.PAIRS_FILE: pairs.run,
    rivals.RIVALS_FILE: rivals.run,
}


def run(told: StageArguments) -> None:
    """Run what is missing, then train. Says which data files differ from those of the shipped weights."""
    for name, digest in fingerprint(told.data).items():
        if told.recipe.data.get(name) != digest:
            print(f"{name} is not the file that the shipped weights were trained on", flush=True)
    for result, stage in STAGES.items():
        if not (told.out / result).exists():
            started = time.monotonic()
            stage(told)
            print(f"{result}: {time.monotonic() - started:.0f} s", flush=True)
    train.run(told)


if __name__ == "__main__":
    run(stage_arguments("Run the whole recipe."))
