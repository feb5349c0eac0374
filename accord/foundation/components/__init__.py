"""The pieces every page is built of, as functions from plain values to safe HTML.

`accord/foundation/templatetags/components.py` lists them as template tags; `/_style/` shows each in every state.
"""
