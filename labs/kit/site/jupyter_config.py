"""Jupyter's configuration: the course beside JupyterLab, and nothing asked of another host.

`make start` uses it, and so can a JupyterHub: `c.Spawner.args = ["--config=<this file>"]`.
"""

import os
import shutil
from pathlib import Path

from labs.kit.course import Course
from labs.kit.work import Work

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - traitlets gives it to this file.

work = Work(Course()).folder
work.mkdir(parents=True, exist_ok=True)

c.ServerApp.jpserver_extensions = {"labs.kit.site.server": True}
c.ServerApp.default_url = c.LabApp.default_url = "/course/"
c.ServerApp.root_dir = str(work)
# PostgreSQL's refusal of root is handled where it is started; Jupyter's own is only advice.
c.ServerApp.allow_root = True
c.ServerApp.ip = "127.0.0.1"

# Sockets in a folder of one's own: on a shared machine, 127.0.0.1 is everybody's.
c.KernelManager.transport = "ipc"

# JupyterLab asks for news, for updates and for extensions, each from a host of its own.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LabApp.app_settings_dir = str(Path(__file__).parent / "jupyterlab")

# Named, because a shell that Jupyter chooses is a login shell, which forgets our PATH.
shell = shutil.which(os.environ.get("SHELL", "sh")) or "sh"
c.ServerApp.terminado_settings = {"shell_command": [shell]}
