"""Turning flow files into a bundle, and the mistakes in them into plain words."""

from dialogues.compiler.check import check, pretty
from dialogues.compiler.compile import Compiled, compile_flows, version_of
from dialogues.compiler.problems import Problem
from dialogues.compiler.talks import Talk
from dialogues.compiler.trials import run_tests

__all__ = [
    "Compiled",
    "Problem",
    "Talk",
    "check",
    "compile_flows",
    "pretty",
    "run_tests",
    "version_of",
]
