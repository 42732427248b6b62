"""Ground School: the labs, and the kit that runs them."""


def load_ipython_extension(shell):
    """What `%load_ext labs` calls in a notebook."""
    from labs.kit.notebook import load

    load(shell)
