"""The client of a validation service for archive documents: asking, patiently, and understanding.

The service takes test data only, so nothing leaves this machine whose persons are not all of the
900 series.  The only module of the archive that uses the network, and only when its command is run.

============ ================================================================================
module       holds
============ ================================================================================
request      the document and its frame as the JSON that the service takes, or why not
asking       sending, waiting, and trying again a bounded number of times
answers      what an answer means, as findings
============ ================================================================================
"""
