"""Dialogue flows: written by marketers, compiled to a bundle, run by one executor.

Three doors: `dialogues.compiler` (gateway only), and `dialogues.executor` and `dialogues.purchase`
(standard library only, they also run inside the engine). This package itself imports none.
"""
