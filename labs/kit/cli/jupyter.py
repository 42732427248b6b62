"""Where the course's own JupyterLab is, if it runs."""

from pathlib import Path
from urllib.parse import quote


def address(notebook: Path) -> str | None:
    """The address that opens the notebook, on a server of this user whose folder holds it."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        root = Path(server["root_dir"]).resolve()
        if notebook.resolve().is_relative_to(root):
            place = quote(notebook.resolve().relative_to(root).as_posix())
            token = f"?token={server['token']}" if server["token"] else ""
            return f"{server['url']}lab/tree/{place}{token}"
    return None
