"""Flows as definitions: reading them, walking them, counting votes, telling two apart. Knows no database."""

from accord.domain.flow_graph.differences import Difference, differences
from accord.domain.flow_graph.graph import FlowGraph, Onward
from accord.domain.flow_graph.nodes import Approver, Arm, By, Deadline, Empty, Kind, Mode, Node, Then
from accord.domain.flow_graph.problems import FlowError, Problem
from accord.domain.flow_graph.reading import read_flow
from accord.domain.flow_graph.votes import Answer, Ballot, Outcome, Tally, decide, tally

__all__ = [
    "Answer",
    "Approver",
    "Arm",
    "Ballot",
    "By",
    "Deadline",
    "Difference",
    "Empty",
    "FlowError",
    "FlowGraph",
    "Kind",
    "Mode",
    "Node",
    "Onward",
    "Outcome",
    "Problem",
    "Tally",
    "Then",
    "decide",
    "differences",
    "read_flow",
    "tally",
]
