"""Who is who: whether a record is somebody's who is filed already (ADR 17).

`keys` says where a record is to be found, `resolve` whose it is, `compare` and `fits` how two records, or two
names, agree. Heavy to import (rapidfuzz, tables of names): import it where it is used.
"""

from recado.rules.matching.agreement import fits as fits
from recado.rules.matching.compare import Compared as Compared
from recado.rules.matching.compare import compare as compare
from recado.rules.matching.decide import MOST_READS as MOST_READS
from recado.rules.matching.decide import Also as Also
from recado.rules.matching.decide import Resolution as Resolution
from recado.rules.matching.decide import resolve as resolve
from recado.rules.matching.keys import keys as keys
from recado.rules.matching.weights import VERSION as VERSION
