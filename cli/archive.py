"""``kirjaamo archive``: national documents become archive documents that can be handed over."""

from kirjaamo.cli import (
    archive_accept,
    archive_build,
    archive_check,
    archive_pack,
    archive_readiness,
    archive_retention,
    archive_sign,
    archive_validate,
    archive_view,
)
from kirjaamo.cli.base import group
from kirjaamo.messages import N_


@group(help=N_("Archive documents: build, show, sign, pack, test and hand over."))
def archive() -> None:
    """Hold the commands about archive documents."""


for _added in (
    archive_build.build,
    archive_build.explain,
    archive_build.fields_,
    archive_view.view,
    archive_readiness.readiness,
    archive_retention.retention,
    archive_check.check,
    archive_validate.validate,
    archive_sign.sign,
    archive_sign.verify,
    archive_pack.pack,
    archive_pack.unpack,
    archive_pack.packages_,
    archive_accept.sample,
    archive_accept.accept,
    archive_accept.record,
    archive_accept.annex,
):
    archive.add_command(_added)
