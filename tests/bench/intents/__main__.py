"""What a patient wants: on a file of utterances, or how well it is read.   python -m tests.bench.intents

--utterances IN.tsv --out OUT.tsv: IN is tab-separated with a header: id, lang (pt-BR, es, it, ca, en, or
empty), text. OUT has a line for each, in that order: id, intent, confidence (0..1, calibrated).

Without arguments: how well what ships reads utterances that it was not fitted on. --cross: the same by
cross-validation over tests/bench/intents/corpus. --fit: fit the models of
intents and of languages on that and write them to the rules.
These two need tests/bench/identity/requirements.txt, and some minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.intents import fit, languages, predict, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a file, fit the model, or measure; the exit status: 1 when it is below its floors."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.intents",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--utterances", type=Path, metavar="IN.tsv", help="utterances to read")
    parser.add_argument("--out", type=Path, metavar="OUT.tsv", help="where to write their intents")
    parser.add_argument("--fit", action="store_true", help="fit the model and write it to the rules")
    parser.add_argument("--cross", action="store_true", help="cross-validate over whole phrasings")
    options = parser.parse_args(arguments)
    if bool(options.utterances) != bool(options.out):
        parser.error("--utterances and --out belong together")
    if options.utterances:
        try:
            predict.write(predict.utterances(options.utterances), options.out)
        except (predict.UnusableError, OSError) as wrong:
            parser.error(str(wrong))
    elif options.fit:
        fit.fit()
        languages.fit_languages()
    else:
        return report.crossed() if options.cross else report.held_out()
    return 0


if __name__ == "__main__":
    sys.exit(main())
