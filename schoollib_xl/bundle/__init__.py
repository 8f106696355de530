"""The package for a memory stick: one zip that runs on a Windows PC without installing anything.

``python -m schoollib_xl.bundle`` builds it from a checkout. What is downloaded is named in ``pins.txt`` with its
digest; the same checkout and the same pins give the same bytes.
"""
