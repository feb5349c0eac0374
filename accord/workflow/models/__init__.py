from accord.workflow.models.archive import (
    ArchiveAbout,
    ArchiveCheck,
    ArchiveEntry,
    ArchiveErasure,
    ArchiveHead,
    ArchiveKey,
    ArchiveNode,
    ArchivePayload,
    ArchivePseudonym,
    ArchiveRecord,
    ArchiveWitnessing,
)
from accord.workflow.models.documents import Document, DocumentParty
from accord.workflow.models.flows import Flow, FlowAct, FlowDelegation, FlowInstance, FlowTask, FlowVersion
from accord.workflow.models.forms import Attachment, FieldUse, FillTurn, Form, FormFill, FormVersion
from accord.workflow.models.versions import Definition, DefinitionVersion

__all__ = [
    "ArchiveAbout",
    "ArchiveCheck",
    "ArchiveEntry",
    "ArchiveErasure",
    "ArchiveHead",
    "ArchiveKey",
    "ArchiveNode",
    "ArchivePayload",
    "ArchivePseudonym",
    "ArchiveRecord",
    "ArchiveWitnessing",
    "Attachment",
    "Definition",
    "DefinitionVersion",
    "Document",
    "DocumentParty",
    "FieldUse",
    "FillTurn",
    "Flow",
    "FlowAct",
    "FlowDelegation",
    "FlowInstance",
    "FlowTask",
    "FlowVersion",
    "Form",
    "FormFill",
    "FormVersion",
]
