"""Put on PYTHONPATH by `pytest --without-engine`: hides durable-rules from every Python that a test starts."""

import sys

sys.modules["durable_rules_engine"] = None  # type: ignore[assignment]
