"""How a conversation goes by a flow (model/flow.py): what an answer means, what comes next, what is said.

Imported where it is used: most messages are for people.
"""
