"""Packages of archive documents: from signed documents to what an archive accepts or refuses.

==============  =============================================================================
module          holds
==============  =============================================================================
files           names and hashes of files; the manifest beside signed documents
contents        what a folder of documents and frames holds, without personal data
bagging         BagIt bags of bounded size, with index and statistics
opening         bags as folders or zip files, unpacked safely
verifying       whether a document, folder or bag is as it was signed and packed
tables          what the ledger keeps of documents and packages
records         what the ledger tells of them
lifecycle       surveyed → complete → packed → tested → transferred → accepted
sampling        a stratified sample, field by field
steps           the steps in their order: sign, pack, unpack, go on
accepting       the acceptance record and the tender annex
==============  =============================================================================

A signature covers the body of a document only.  The hash of the whole file is kept beside the
signed documents, in every bag and in the ledger, so that no changed byte goes unseen.
"""
