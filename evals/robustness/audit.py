"""Known vulnerabilities of the locked versions, and whether that is known: `python -m evals.robustness.audit`.

Asks `pip-audit`, which says "No known vulnerabilities found" and succeeds also where the service that it asked knows none of the
packages. Here a package without an answer is no success.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
SHOWN = 5
"""Packages without an answer that are named."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The packages that were asked for: known and clean, vulnerable with the vulnerabilities' names, or without an answer."""

    clean: tuple[str, ...]
    vulnerable: tuple[str, ...]
    unanswered: tuple[str, ...]

    @classmethod
    def of(cls, told: str) -> Self:
        """What `pip-audit --format json` told. Raises ValueError where that is no such report."""
        try:
            rows = json.loads(told)["dependencies"]
            answered = [row for row in rows if "skip_reason" not in row]
            return cls(
                tuple(row["name"] for row in answered if not row["vulns"]),
                tuple(
                    f"{row['name']} {row['version']}: {', '.join(one['id'] for one in row['vulns'])}"
                    for row in answered
                    if row["vulns"]
                ),
                tuple(row["name"] for row in rows if "skip_reason" in row),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"no report of pip-audit: {error!r}") from error

    @property
    def status(self) -> int:
        """0 where every package is known and clean, 1 where one is vulnerable, 2 where there is no answer."""
        if self.vulnerable:
            return 1
        return 2 if self.unanswered or not self.clean else 0

    def __str__(self) -> str:
        """The outcome in Swedish, a sentence a line."""
        asked = len(self.clean) + len(self.vulnerable) + len(self.unanswered)
        lines = [f"SÅRBAR {row}" for row in self.vulnerable]
        lines.append(
            f"{asked} paket: {len(self.clean)} utan känd sårbarhet, {len(self.vulnerable)} sårbara, {len(self.unanswered)} utan svar"
        )
        if self.unanswered:
            more = ", …" if len(self.unanswered) > SHOWN else ""
            lines.append(
                f"Inte prövade ({', '.join(self.unanswered[:SHOWN])}{more}): tjänsten som tillfrågades har inga uppgifter om dem. "
                "Resultatet säger alltså inget om dem; kör make audit där PyPI nås."
            )
        return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print; the exit status is `Audit.status`, 2 also where nothing answered."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness.audit", description=__doc__)
    parser.add_argument("--requirement", type=Path, default=ROOT / "constraints.txt")
    given = parser.parse_args(arguments)
    done = subprocess.run(
        [
            Path(sys.executable).with_name("pip-audit"), "--disable-pip", "--no-deps", "--format", "json",
            "--progress-spinner", "off", "--requirement", given.requirement,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        audit = Audit.of(done.stdout)
    except ValueError:
        said = done.stderr.strip().splitlines() or ["inget sagt"]
        print(f"pip-audit gav inget svar: {said[-1]}")
        print("Inget paket är prövat; kör make audit där PyPI nås.")
        return 2
    print(audit)
    return audit.status


if __name__ == "__main__":
    sys.exit(main())
