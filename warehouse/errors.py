"""What can be wrong with a state, each with the way out in its message."""


class WarehouseError(Exception):
    """The state cannot be opened or used; the message names the file, what is wrong and what to do. Nothing was changed."""


class WarehouseLockedError(WarehouseError):
    """Another process holds the database."""


class WarehouseVersionError(WarehouseError):
    """The database was written by a later Servanda, or is not one of Servanda's."""
