"""What splink is told of each data set.

For FEBRL it is what splink's own tutorials tell of FEBRL 3 and 4; for our population what its guides advise
for such columns, within each clinic.
"""

from __future__ import annotations

from typing import Any, Final

import splink.comparison_library as cl

from tests.bench.identity.batch import Recipe, Rule
from tests.bench.identity.rows import Row

Columns = dict[str, str | None]


def of_febrl(name: str, *, document: bool) -> Recipe:
    """The tutorial on FEBRL 4 for that, the one on FEBRL 3 for the others."""
    recipe = _LINK if name.endswith("4") else _DEDUPE
    if document:
        return recipe
    return recipe._replace(
        blocks=_without(recipe.blocks),
        certain=_without(recipe.certain),
        comparisons=lambda: recipe.comparisons()[1:],
    )


def _without(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule != ("document",))


def _febrl_columns(row: Row) -> Columns:
    number, _, street = row.street.partition(" ")
    if not number.isdigit():
        number, street = "", row.street
    return _filled(
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        document=row.document,
        street_number=number,
        street=street,
        postcode=row.postcode,
    )


def _filled(**columns: str) -> Columns:
    return {name: value or None for name, value in columns.items()}


def _birth() -> Any:
    return cl.DateOfBirthComparison("birth_date", input_is_string=True, invalid_dates_as_null=True)


_SWAPPED: Final = "l.given_name = r.family_name and l.family_name = r.given_name"

_DEDUPE: Final = Recipe(
    link="dedupe_only",
    columns=_febrl_columns,
    comparisons=lambda: [
        cl.DamerauLevenshteinAtThresholds("document", [2]),
        cl.NameComparison("given_name"),
        cl.NameComparison("family_name"),
        _birth(),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ],
    blocks=(("document",), ("given_name",), ("family_name",), ("birth_date",), ("postcode",)),
    certain=(
        ("document",),
        ("given_name", "family_name", "birth_date"),
        f"{_SWAPPED} and l.birth_date = r.birth_date",
    ),
    recall=0.9,
    trained=(("birth_date",), ("postcode",)),
)

_LINK: Final = Recipe(
    link="link_only",
    columns=_febrl_columns,
    comparisons=lambda: [
        cl.DamerauLevenshteinAtThresholds("document", [1, 2]),
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("family_name").configure(term_frequency_adjustments=True),
        _birth(),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ],
    blocks=(
        ("given_name", "family_name"),
        _SWAPPED,
        ("birth_date",),
        ("document",),
        ("street_number", "street"),
        ("postcode",),
    ),
    certain=(("document",), ("given_name", "family_name", "birth_date")),
    recall=0.8,
    trained=(("birth_date",), ("postcode",)),
)


def _population_columns(row: Row) -> Columns:
    """Names split as one would who knows nothing better: the first word and the last."""
    words = row.words
    return _filled(
        tenant=row.tenant,
        given_name=words[0] if words else "",
        family_name=words[-1] if words[1:] else "",
        birth_date=row.birth_date,
        phone=row.number,
        email=row.email.lower(),
        document="".join(c for c in row.document.upper() if c.isalnum()),
        handle=row.handle,
    )


OF_POPULATION: Final = Recipe(
    link="dedupe_only",
    columns=_population_columns,
    comparisons=lambda: [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("family_name").configure(term_frequency_adjustments=True),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email").configure(term_frequency_adjustments=True),
        _birth(),
        cl.ExactMatch("document"),
        cl.ExactMatch("handle"),
    ],
    blocks=(
        ("tenant", "phone"),
        ("tenant", "given_name", "family_name"),
        ("tenant", "email"),
        ("tenant", "document"),
        ("tenant", "handle"),
        ("tenant", "family_name", "birth_date"),
    ),
    certain=(("tenant", "phone", "given_name"), ("tenant", "document"), ("tenant", "handle")),
    recall=0.6,
    trained=(("tenant", "phone"), ("tenant", "given_name", "family_name")),
)
