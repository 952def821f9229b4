"""Memory of a process that runs for weeks."""

import gc

# A turn makes thousands of short-lived objects and hardly a cycle; by default the collector would
# look at the youngest after every 700.
_YOUNG = 20_000


def spare_the_collector() -> None:
    """Let the collector leave alone what is loaded once and for all, and come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
