"""What goes wrong in ways that we foresaw."""


class Trouble(Exception):
    """Its text is shown as it is, without a trace: what happened, the evidence, what to do."""
