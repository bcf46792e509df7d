"""What every process that changes a workspace needs, loaded once in the one that they are forked from.

Rules, patterns and the gazetteer take longer to load than a document takes to be read. No Java machine may be started
here: it does not survive a fork.
"""

from __future__ import annotations

from graph.places import places
from ingest.extract import extract
from ingest.reading.read import SourceText

places()
extract(SourceText("1. Phòng Văn hóa rà soát tủ sách trước ngày 30/6/2024.", "text"), "")
