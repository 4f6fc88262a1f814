"""Set-up of a machine: system packages, the locked Python environment, the faces for paper."""
