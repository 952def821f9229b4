"""Runs Rasa's graph without dask."""

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.exceptions import RasaException


class StraightRunner(DaskGraphRunner):
    """Calls the nodes that a target needs one after the other, in an order worked out once.

    Dask plans the same small graph anew at every run, twice and more per turn; and what a node
    does around its component (debug lines that nobody reads, hooks that only training has) is
    done some twenty times a turn.
    """

    def run(
        self,
        inputs: Optional[Dict[Text, Any]] = None,
        targets: Optional[List[Text]] = None,
    ) -> Dict[Text, Any]:
        """Run the graph (see the parent class)."""
        wanted = tuple(targets or self._graph_schema.target_names)
        results = dict(inputs or {})
        for name, node in self._plan(wanted):
            if name not in results:
                results[name] = _output(node, results)
        return {name: results[name] for name in wanted}

    def _plan(self, targets: Tuple[Text, ...]) -> List[Tuple[Text, GraphNode]]:
        plans: Dict[Tuple[Text, ...], List[Tuple[Text, GraphNode]]]
        plans = self.__dict__.setdefault("_plans", {})
        if targets not in plans:
            schema = self._graph_schema.minimal_graph_schema(list(targets))
            needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
            order: Dict[Text, None] = {}
            for target in targets:
                _visit(target, needs, order)
            plans[targets] = [(name, self._instantiated_nodes[name]) for name in order]
        return plans[targets]


def _output(node: GraphNode, results: Dict[Text, Any]) -> Any:
    """Return what a node makes of what others made."""
    inputs = node._inputs
    if node._hooks or not node._eager or any(need not in results for need in inputs.values()):
        # What nobody provided is handed on by its name, which a node reads as missing.
        given = [(need, results[need]) if need in results else need for need in inputs.values()]
        return node(*given)[1]
    try:
        return node._fn(node._component, **{name: results[need] for name, need in inputs.items()})
    except RasaException:
        raise
    except Exception as error:
        raise GraphComponentException(
            f"Error running graph component for node {node._node_name}."
        ) from error


def _visit(name: Text, needs: Dict[Text, Tuple[Text, ...]], order: Dict[Text, None]) -> None:
    """Put the node behind everything it needs; Rasa has checked that there is no circle."""
    for need in needs.get(name, ()):
        if need in needs and need not in order:
            _visit(need, needs, order)
    order[name] = None
