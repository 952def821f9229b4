"""The actions, one file each: what the shop answers from its catalog."""
