"""A request that is repeated with the same Idempotency-Key is done once and answered alike for an hour.

Powertools keeps the answers, for REST replies only. It cannot guarantee anything: where
doing twice would harm, the action itself knows its key as well. Powertools' idempotency imports boto3;
both wait for the first key, since most starts only read (0.11 of a bare client's import, counted).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from recado.errors import Conflict, InProgress, RecadoError, Unavailable
from recado.store.clients import client

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

T = TypeVar("T")


def once(request: dict[str, Any], context: Any, act: Callable[[], T]) -> T:
    """What `act` answered when this request was first made.

    `request` names it: `who` asked, where, by which key; and `what`, which has to be the same each time.
    Raises InProgress while another is at it, and Conflict for the key of another request.
    """
    from aws_lambda_powertools.utilities.idempotency import (  # noqa: PLC0415 - see above
        IdempotencyConfig,
        exceptions,
        idempotent_function,
    )

    config = IdempotencyConfig(
        event_key_jmespath="who",
        payload_validation_jmespath="what",
        hash_function="sha256",
        lambda_context=context,
    )
    guarded = idempotent_function(
        lambda request: act(),
        data_keyword_argument="request",
        persistence_store=_answers(),
        config=config,
        key_prefix="rest",
    )
    try:
        answer: T = guarded(request=request)
    except exceptions.IdempotencyValidationError:
        raise Conflict("This Idempotency-Key was used for another request.") from None
    except exceptions.IdempotencyAlreadyInProgressError:
        raise InProgress from None
    except RecadoError:
        raise
    except exceptions.BaseError as error:
        raise Unavailable from error
    return answer


@cache
def _answers() -> DynamoDBPersistenceLayer:
    from aws_lambda_powertools.utilities.idempotency import (  # noqa: PLC0415 - see above
        DynamoDBPersistenceLayer,
    )

    return DynamoDBPersistenceLayer(
        table_name=os.environ["IDEMPOTENCY_TABLE"], boto3_client=client("dynamodb")
    )
