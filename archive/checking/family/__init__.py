"""MD: archive metadata, the header of an archive document and the frame beside it.

Whether document and frame have their known form, belong together and tell of the client, the
matter and the structure what the body tells.  What a body must hold belongs to ``structure``.
"""
