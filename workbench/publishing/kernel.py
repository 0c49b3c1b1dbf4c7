"""One warm kernel for a run of our own reports: started once, its namespace cleared between them.

A kernel talks over Unix sockets where there are such, else over an encrypted transport: plain TCP can be read by others
on the machine. Not for notebooks of somebody else: modules and environment survive from one report to the next.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.utils import merge_kwargs, remove_args

__all__ = ["ENGINE", "warm_kernel"]

ENGINE = "workbench-warm"
_CLEAR = "get_ipython().reset(new_session=True)"


class _Warm(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """A papermill engine that runs every notebook on the kernel of the surrounding `warm_kernel` block."""

    manager: AsyncKernelManager | None = None
    client: Any = None

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **rest: Any,
    ) -> Any:
        """Run a notebook as papermill's own engine does, on the kernel that is there."""
        kept = remove_args(
            ["timeout", "startup_timeout", "input_path", "log_output", "stdout_file", "stderr_file"], **rest
        )
        runner = PapermillNotebookClient(
            nb_man,
            km=cls.manager,
            **merge_kwargs(
                kept, timeout=execution_timeout, startup_timeout=start_timeout, kernel_name=kernel_name,
                store_widget_state=False,
            ),
        )  # fmt: skip
        if cls.client is None:
            # Kept for all notebooks: each new client waits a fixed fifth of a second for the kernel to fall silent.
            runner.start_new_kernel_client()
            cls.client = runner.kc
        else:
            runner.kc = cls.client
            run_sync(cls.client.execute_interactive)(
                _CLEAR, silent=True, store_history=False, output_hook=lambda _message: None
            )
        return runner.execute()


@contextmanager
def warm_kernel() -> Iterator[str]:
    """Hold one kernel for the length of the block; gives the engine's name for `papermill.execute_notebook`."""
    manager = _quiet_manager()
    run_sync(manager.start_kernel)(extra_arguments=["--HistoryManager.enabled=False"])
    _Warm.manager, _Warm.client = manager, None
    try:
        yield ENGINE
    finally:
        if _Warm.client is not None:
            _Warm.client.stop_channels()
        run_sync(manager.shutdown_kernel)(now=True)
        _Warm.manager = _Warm.client = None


def _quiet_manager() -> AsyncKernelManager:
    import sys

    if sys.platform == "win32":
        return AsyncKernelManager(transport_encryption="required")
    # A name of its own for each kernel: the default ones collide when several start at once.
    identity = uuid.uuid4().hex[:12]
    folder = Path(jupyter_runtime_dir())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return AsyncKernelManager(kernel_id=identity, transport="ipc", connection_file=str(folder / f"k-{identity}.json"))


papermill_engines.register(ENGINE, _Warm)
