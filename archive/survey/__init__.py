"""The current-state survey of client documents: what there is locally, and what it becomes.

A *kind* is one local document type of one system: ``system``, ``table`` (decision, document or
entry), ``old`` (the local type as it stands in the export, empty where none is recorded) and
``task`` (the local service task, likewise).  For every kind persons confirm the national document
type, its structure, the service task, the service process and the retention rule.

============ ================================================================================
module       holds
============ ================================================================================
metadata     what a record can tell, and the field that tells it
reading      the records of exports by kind, with years, units and how complete metadata are
model        rows that persons confirmed; ``<workspace>/survey.yaml``, read and written
kinds        document types as the rules of retention know them
proposing    ranked proposals; none is ever approved by itself
completeness how complete the metadata of a kind are, in words
sheet        columns and words of the workbook
writing      the workbook
importing    reading it back: all of it, or nothing; ``faults`` says why not
progress     what is confirmed and what is left, in kinds and records
plan         the archive formation plan (arkistonmuodostussuunnitelma)
handing      what the building of archive documents takes over: metadata and settings
============ ================================================================================

The confirmed survey is ``survey.yaml`` in the workspace, rows in canonical order::

    rows:
      - system: "B"
        table: "decision"
        old: "PE-01"
        task: "LAP"
        status: "approved"            # proposed, approved or rejected, as in a crosswalk
        archived: true                # false: no client document, with the reason
        document_type: "11001"        # list 1.2.246.537.6.1506
        structure: "1.2.246.537.6.1506.11001.2024.9.30"
        service_task: "24"            # list 1.2.246.537.6.1221
        service_process: "3"          # list 1.2.246.537.6.1277
        retention: "Lapsiperheiden palvelutehtävä"   # name of a rule of kirjaamo.archive.retention
        confidence: "secondary"
        owner: "A. Arkistonhoitaja"
        reason: ""

Where a class is known and its number is not, ``document_type_name``, ``service_task_name`` or
``service_process_name`` hold its Finnish name instead; `load` fills the number in as soon as the
official list that was imported tells it.

Whoever builds archive documents asks ``settled(sources, load(workspace))``: a row for each
record with ``system``, ``table``, ``key`` (id of the decision, document or entry), ``document`` (id
of its document, where it has one), the confirmed
``document_type``, ``structure``, ``service_task``, ``service_process`` and ``retention``, and the
``outcome``: only *approved* may be built; *left-out*, *waiting* (a number is not known),
*proposed*, *rejected* and *missing* tell why a record is held.
"""

from kirjaamo.archive.survey.model import Row, Survey, load
from kirjaamo.archive.survey.reading import settled

__all__ = ["Row", "Survey", "load", "settled"]
