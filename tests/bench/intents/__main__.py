"""What a patient wants, on a file of utterances.   python -m tests.bench.intents --utterances IN.tsv --out OUT.tsv

IN is tab-separated with a header: id, lang (pt-BR, es, it, ca, en, or empty), text. OUT has a line for each, in
that order: id, intent, confidence (0..1, calibrated).

Without arguments: the measurements of the model that ships, on utterances it was not fitted on. --fit fits it on
tests/bench/intents/corpus and writes it to the rules; this alone needs tests/bench/identity/requirements.txt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.intents import predict


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a file, fit the model, or measure; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.intents",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--utterances", type=Path, metavar="IN.tsv", help="utterances to read")
    parser.add_argument("--out", type=Path, metavar="OUT.tsv", help="where to write their intents")
    parser.add_argument("--fit", action="store_true", help="fit the model and write it to the rules")
    options = parser.parse_args(arguments)
    if bool(options.utterances) != bool(options.out):
        parser.error("--utterances and --out belong together")
    if options.utterances:
        try:
            predict.write(predict.utterances(options.utterances), options.out)
        except (predict.Unusable, OSError) as wrong:
            parser.error(str(wrong))
    elif options.fit:
        from tests.bench.intents import fit  # noqa: PLC0415 - what it needs is the bench's own

        fit.fit()
    else:
        from tests.bench.intents import report  # noqa: PLC0415 - not to read a file

        return report.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
