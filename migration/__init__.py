"""Migration: old records become national documents, step by step, in a ledger.

``plan`` says what would happen, ``run`` does it batch by batch, ``reconcile`` proves it from
three sides, ``accept`` closes it and ``rollback`` undoes what is not accepted.  Here belong the
ledger, the gates, the targets and the proofs.  What becomes what is said by
``kirjaamo.mappings``; what is right is said by ``kirjaamo.validators``.
"""
