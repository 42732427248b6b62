"""What goes wrong in ways that we foresaw."""


class Trouble(Exception):
    """Its text is shown as it is, without a trace: what happened, the evidence, what to do."""


class NotInCourse(Trouble):
    """A slug that names nothing here, or a lab that cannot be read."""
