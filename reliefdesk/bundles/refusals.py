"""Why a bundle is refused: one error per check, numbered as in FORMAT.md, in the order of checking.

Nothing was changed and no plaintext is left when one of these is raised.
"""

from typing import ClassVar

from reliefdesk.errors import SurroundingsError, TrustError, UserError


class StickUnreadableError(SurroundingsError):
    """The file cannot be read."""

    code = "bundles.stick_unreadable"
    check: ClassVar[int] = 1


class BundleError(TrustError):
    """The family of checks 2 to 21: something is not what it claims to be."""

    code = "bundles.refused"
    check: ClassVar[int] = 0


class FileEmptyError(BundleError):
    """The file has no bytes."""

    code = "bundles.file_empty"
    check = 2


class FileTooLargeError(BundleError):
    """The file is larger than any bundle."""

    code = "bundles.file_too_large"
    check = 3


class NotABundleError(BundleError):
    """The file does not begin as an age file does, or its header has no end in sight."""

    code = "bundles.not_a_bundle"
    check = 4


class NotForUsError(BundleError):
    """None of our keys is among the recipients."""

    code = "bundles.not_for_us"
    check = 5


class DamagedError(BundleError):
    """The file does not decrypt as a whole. Facts: size (bytes, to compare with the slip)."""

    code = "bundles.damaged"
    check = 6


class StructureError(BundleError):
    """Inside are not exactly the two members in their one form."""

    code = "bundles.structure"
    check = 7


class EnvelopeError(BundleError):
    """No envelope of a manifest with one signature, in its one spelling."""

    code = "bundles.envelope"
    check = 8


class VersionError(BundleError):
    """A suite or format that this program does not know. Facts: suite, version."""

    code = "bundles.version"
    check = 9


class UnknownKeyError(BundleError):
    """The signer's key is on no list of ours."""

    code = "bundles.unknown_key"
    check = 10


class KeyStoppedError(BundleError):
    """The key was revoked before this range ends, or its epoch is frozen. Facts: office."""

    code = "bundles.key_stopped"
    check = 11


class SignatureWrongError(BundleError):
    """The signature is not one of this key over this manifest."""

    code = "bundles.signature_wrong"
    check = 12


class WrongRecipientError(BundleError):
    """The signed recipient is another desk: somebody sealed the bundle again. Facts: office."""

    code = "bundles.wrong_recipient"
    check = 13


class WrongSenderError(BundleError):
    """The key belongs to another office, device or epoch than the manifest says. Facts: office."""

    code = "bundles.wrong_sender"
    check = 14


class SizeDiffersError(BundleError):
    """The events do not unpack to exactly the signed size."""

    code = "bundles.size_differs"
    check = 15


class SumsDifferError(BundleError):
    """Hash, number or sum of the events is not what was signed."""

    code = "bundles.sums_differ"
    check = 16


class ChainBrokenError(BundleError):
    """A line is not canonical, not in its place, or not chained to the one before. Facts: seq."""

    code = "bundles.chain_broken"
    check = 21


class RangeEmptyError(UserError):
    """There is nothing new to send."""

    code = "bundles.range_empty"


class RangeTooLargeError(UserError):
    """The events are more than one bundle may hold. Facts: last (the number that still fits)."""

    code = "bundles.range_too_large"
