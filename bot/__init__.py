"""The gateway: webhooks in, conversations, handoffs, replies out."""

__version__ = "0.1.0"
