"""Runs Rasa's graph without dask."""

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.runner.dask import DaskGraphRunner

_Step = Tuple[Text, Tuple[Text, ...]]


class StraightRunner(DaskGraphRunner):
    """Calls the nodes that a target needs one after the other, in an order worked out once.

    Dask plans the same small graph anew at every run, twice and more per turn.
    """

    def run(
        self,
        inputs: Optional[Dict[Text, Any]] = None,
        targets: Optional[List[Text]] = None,
    ) -> Dict[Text, Any]:
        """Run the graph (see the parent class)."""
        wanted = tuple(targets or self._graph_schema.target_names)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            if name not in results:
                # What nobody provided is handed on by its name, which a node reads as missing.
                node = self._instantiated_nodes[name]
                results[name] = node(*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    def _plan(self, targets: Tuple[Text, ...]) -> List[_Step]:
        plans: Dict[Tuple[Text, ...], List[_Step]] = self.__dict__.setdefault("_plans", {})
        if targets not in plans:
            schema = self._graph_schema.minimal_graph_schema(list(targets))
            needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
            order: Dict[Text, None] = {}
            for target in targets:
                _visit(target, needs, order)
            plans[targets] = [(name, needs[name]) for name in order]
        return plans[targets]


def _visit(name: Text, needs: Dict[Text, Tuple[Text, ...]], order: Dict[Text, None]) -> None:
    """Put the node behind everything it needs; Rasa has checked that there is no circle."""
    for need in needs.get(name, ()):
        if need in needs and need not in order:
            _visit(need, needs, order)
    order[name] = None
