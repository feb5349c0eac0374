"""What stands in a weekly report, and how it is read again.

`readers` and `groups` say who is due for what; `movements`, `alerts`, `commitments`, `lateness` and `trees` read each
part for all readers of a group in a constant number of statements; `contents` puts the parts together as plain JSON.
`reading` turns that JSON into what page, mail and paper show; `corrections` knows what was corrected since.
"""
