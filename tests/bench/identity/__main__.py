"""Who is who, on a file of records.   python -m tests.bench.identity --records IN.tsv --out OUT.tsv

IN is tab-separated with a header: record_id, tenant, channel, ts, name, given_name, family_name, birth_date,
sex, phone, email, document, handle, street, city, postcode, country, language. Any column and any cell may be
missing. Tenants are worlds of their own. Rows are fed one by one, in the order of ts, through the product's
rules.

OUT has a line for each record, in that order:
  person_id  whose record it is when all are fed: a record may show that two people who were filed are one.
             A record under review has the person's whose it is more likely than not, unless others were
             joined to it; if only a slip in a date or document stands against it, these come along.
  decision   same (joined by the machine), new, or review: a person is asked, of it or of one that it came
             along with, so that nothing is `same` through a review.
  score      how likely it was, when it came, that the record was of somebody already filed, found or not
             (0..1, calibrated). The sum of 1 - score estimates how many people there are better than counting
             person_id: who was missed has several.
  reads      keys that were read, six at most.

Without arguments: the measurements (FEBRL, our own population, splink), for which
tests/bench/identity/requirements.txt is needed. --fit estimates the weights and writes them to the rules.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.bench.identity import online


def main(arguments: Sequence[str] | None = None) -> int:
    """Match a file, fit the weights, or measure; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.identity",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--records", type=Path, metavar="IN.tsv", help="records to match")
    parser.add_argument("--out", type=Path, metavar="OUT.tsv", help="where to write whose they are")
    parser.add_argument("--fit", action="store_true", help="estimate the weights and write them to the rules")
    options = parser.parse_args(arguments)
    if bool(options.records) != bool(options.out):
        parser.error("--records and --out belong together")
    if options.records:
        online.write(online.match(online.records(options.records)), options.out)
    elif options.fit:
        _fit()
    elif find_spec("splink"):
        return _measured()
    else:
        parser.error("the measurements need the packages of requirements.txt here: see `make bench`")
    return 0


def _fit() -> None:
    from tests.bench.identity import fit  # noqa: PLC0415 - what it needs is the bench's own

    fit.write(fit.estimated())


def _measured() -> int:
    from tests.bench.identity import report  # noqa: PLC0415 - what it needs is the bench's own

    return report.main()


if __name__ == "__main__":
    sys.exit(main())
