"""Dialogue flows: written by marketers, compiled to a bundle, run by one executor.

Two doors: `dialogues.compiler` (gateway only) and `dialogues.executor` (standard library only,
also runs inside the engine). This package itself imports neither.
"""
