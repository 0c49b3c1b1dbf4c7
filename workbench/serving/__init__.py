"""Start JupyterLab and the dashboards; who may enter which."""
